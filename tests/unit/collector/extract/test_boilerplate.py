import pytest
from collector.extract.boilerplate import Furniture, clean, furniture_of, signature_of
from collector.extract.paragraphs import Line

FURNITURE = {
    Furniture.RELATED: [
        "Baca juga: Ribuan Warga Antre Obat Gratis di Malang",
        "BACA JUGA Ribuan Warga Antre Obat Gratis",
        "BACA JUGA",
        "BACA BERITA LAINNYA DI GOOGLE NEWS",
        "Baca Juga : Ribuan Warga Antre",
        "Baca: Tarif Naik, Sopir Mengeluh",
        "Baca selengkapnya: Tarif Naik, Sopir Mengeluh",
        "Simak juga Video: Banjir di Pasuruan Surut",
        "Simak Video 'Banjir di Pasuruan Surut':",
        'Tonton juga video "Banjir di Pasuruan Surut" di sini:',
        "Lihat juga: Foto-foto banjir",
        "Pilihan Editor: Jalan Rusak di Jember",
        "Berita Terkait",
        "JANGAN LEWATKAN!!!",
        "(Ribuan Warga Antre Obat Gratis di Alun-Alun Malang)",
        "(Baca juga: Ribuan warga antre obat)",
        "Temukan lebih banyak Berita bisnis Buku Sejarah",
    ],
    Furniture.NOTICE: [
        "[Gambas:Video 20detik]",
        "[Gambas:Instagram]",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT",
        "Scroll ke bawah untuk melanjutkan membaca",
        "Ikuti Whatsapp Channel Republika",
        "Cek Berita dan Artikel yang lain di Google News",
        "Artikel ini telah tayang di Surya.co.id dengan judul Warga Antre Obat",
        "Lihat postingan ini di Instagram",
        "Loading...",
        "Update berita lainnya di Google News Kabar Timur",
        "**) Dapatkan update informasi pilihan setiap hari dengan bergabung di grup kami",
        "Simak berita pilihan kami lainnya melalui saluran WhatsApp",
        "Kabar.com berkomitmen memberikan fakta jernih dari lapangan. Kirim apresiasi melalui halaman ini.",
        "* Fakta atau Hoaks? Untuk mengetahui kebenaran informasi yang beredar, kirim ke nomor cek fakta kami.",
    ],
    Furniture.PAGING: [
        "Halaman selanjutnya",
        "Halaman 2 dari 5",
        "Baca selengkapnya di halaman berikutnya....",
        "Simak selengkapnya di sini.",
        "1 2 3 Selanjutnya",
    ],
    Furniture.CREDIT: [
        "(fyk/ash)",
        "(Cas/Isk)",
        "(ren)",
        "(mcr12/jpnn)",
        "(h/bn)",
        "[adi/but]",
        "(*)",
        "Laporan Wartawan Kabar Jatim Network, Luhur Santoso",
        "Editor: Arif Budi",
        "Penulis : Dwi Lestari",
        "Pewarta: Siti Aminah",
        "Rep: Havid Red: Fian",
        "Sumber : Antara",
        "Reporter: Adinda | Editor: Bagus",
    ],
    Furniture.CAPTION: [
        "Foto: Petugas membersihkan lumpur",
        "Petugas membersihkan lumpur. Foto: Dok BPBD",
        "Petugas membersihkan lumpur (Foto: Istimewa)",
        "Suasana puskesmas pada hari pertama. (Dok. Dinkes)",
        "Sebaran dapur umum - (Republika)",
        "Ilustrasi: antrean pasien",
    ],
    Furniture.SHARE: [
        "Share",
        "Bagikan: Facebook Twitter WhatsApp",
        "Share this Facebook Twitter Whatsapp Comments 2.523 Views",
    ],
    Furniture.COPYRIGHT: [
        "COPYRIGHT © ANTARA 2026",
        "© 2026 Contoh Media, All Rights Reserved",
        "Hak cipta dilindungi undang-undang",
    ],
    Furniture.DATE: ["Selasa, 24 November 2026 14:20 WIB | 998 Views"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FURNITURE.items() for text in texts])
def test_furniture_is_recognised(kind, text):
    assert furniture_of(Line(text)) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Warga diminta membaca juga lampiran surat edaran sebelum mengurus izin di kantor kecamatan.",
        "Ia mengajak siswa membaca, juga menulis, setiap hari sebelum pelajaran dimulai.",
        "(Wawancara ini dilakukan sebelum putusan dibacakan; jaksa menolak berkomentar.)",
        "(sekitar Rp 27 miliar)",
        "(1) Tujuan pendirian badan usaha milik daerah adalah:",
        "3. Anemia (27,2 persen)",
        "Rumah Sakit Umum Daerah Dr. Soetomo (RSUD Dr. Soetomo)",
        "Foto itu diambil warga saat banjir mencapai atap rumah.",
        "Sumber air di lereng Gunung Kelud mulai mengering sejak Agustus.",
        "Editor buku itu mengatakan naskah diterima lengkap.",
        "Halaman rumah warga tertutup lumpur setinggi 40 sentimeter.",
        "Selanjutnya, tim akan memeriksa saluran air di lima desa.",
        "Simak penjelasan lengkap berikut ini:",
        "Selengkapnya, berikut daftar harga bahan pokok di Pasar Keputran:",
        "Yuk simak!",
        "Berita itu dibantah kepala dinas.",
        "Iklan layanan masyarakat itu dipasang di 38 kabupaten dan kota.",
        "Gubernur membagikan foto itu melalui Facebook dan Instagram miliknya.",
        "Warga bisa melapor melalui WhatsApp di nomor 0812-1111-2222.",
        '"Kami ikuti terus perkembangan kasus ini," kata dia melalui pesan WhatsApp.',
        "Hak cipta atas motif batik itu didaftarkan pemerintah kota.",
        "210",
        "Persaingan",
        "Layanan 4G",
        "Pasal 28:",
        "Pasien dirujuk ke RS Saiful Anwar (RSSA)",
        "1. Unduh aplikasi Cek Bansos di ponsel, lalu pilih menu pendaftaran.",
        "Baca juga label kemasan sebelum membeli obat.",
        "Lihat juga kondisi rem dan tekanan ban sebelum berangkat mudik.",
        "Jangan lewatkan jadwal imunisasi anak di posyandu terdekat.",
        "Selanjutnya: siapkan kartu keluarga dan KTP asli.",
        "Dilarang mengambil gambar di dalam ruang sidang, kata petugas.",
        "Laporan: lima orang terluka",
        "Laporan wartawan itu dibantah dinas. Data terbaru menyebut tidak ada korban.",
        "Informasi lengkap tentang jadwal imunisasi ada di papan pengumuman puskesmas.",
        "Update data korban banjir disampaikan posko setiap enam jam.",
        "(a) pelayanan kesehatan dasar di puskesmas;",
        "Tonton pertandingan itu, ribuan suporter datang dari Gresik.",
        "Belum ada keterangan resmi dari (Dinas Kesehatan) Kabupaten Jember.",
    ],
)  # fmt: skip
def test_body_text_that_resembles_furniture_stays(text):
    assert furniture_of(Line(text)) is None


def test_a_whole_line_that_is_one_link_is_another_headline():
    text = "Ribuan warga antre obat gratis di alun-alun"
    assert furniture_of(Line(text, linked=1.0, links=(text,))) is Furniture.RELATED
    assert furniture_of(Line(text)) is None
    assert furniture_of(Line("Dinas Kesehatan Jatim", linked=1.0, links=("Dinas Kesehatan Jatim",))) is None


def test_a_label_that_stands_beside_its_link_without_a_space_is_recognised():
    link = "Usulan Upah Minimum Daerah Masuk"
    assert furniture_of(Line(f"BACA JUGA{link}", linked=0.8, links=(link,))) is Furniture.RELATED
    assert furniture_of(Line(f"Gubernur menerima {link}", linked=0.7, links=(link,))) is None


def test_the_next_headline_is_recognised_by_its_link():
    text = "Selanjutnya: Warga Sambut Positif"
    assert furniture_of(Line(text, linked=0.7, links=("Warga Sambut Positif",))) is Furniture.RELATED


def test_a_caption_with_an_agency_needs_an_image_before_it():
    text = "Petugas mengevakuasi warga di Lamongan, Senin (23/11). (REUTERS/Budi)"
    assert furniture_of(Line(text, after_image=True)) is Furniture.CAPTION
    assert furniture_of(Line(text)) is None


def test_related_words_inside_a_paragraph_are_cut_only_where_they_are_a_link():
    link = "Ribuan Warga Antre Obat Gratis"
    line = Line(f"Jam layanan ditambah pekan depan. Baca juga: {link} Warga menyambut baik.", 0.3, (link,))
    assert [kept.text for kept in clean([line])] == ["Jam layanan ditambah pekan depan. Warga menyambut baik."]
    plain = Line(f"Jam layanan ditambah pekan depan. Baca juga: {link} Warga menyambut baik.")
    assert clean([plain]) == [plain]


def test_initials_after_the_last_sentence_go_and_the_sentence_stays():
    lines = [Line("Warga menyambut baik rencana itu."), Line("Jadwal diumumkan besok. (sma/hil)")]
    assert clean(lines)[-1].text == "Jadwal diumumkan besok."


def test_what_stands_above_the_repeated_title_is_no_text():
    title = "Jam Layanan Puskesmas Ditambah"
    lines = [Line("Beranda"), Line("Kesehatan"), Line(title), Line("Surabaya - Jam layanan ditambah.")]
    assert [line.text for line in clean(lines, title)] == ["Surabaya - Jam layanan ditambah."]


def test_the_title_quoted_late_in_the_text_stays():
    title = "Jam Layanan Puskesmas Ditambah"
    lines = [
        Line(f"Kalimat isi nomor {number} yang cukup panjang untuk sebuah paragraf berita.") for number in range(14)
    ]
    assert clean([*lines, Line(title), lines[0]], title)[14].text == title


def test_a_signature_is_taken_only_where_the_outlet_signs():
    lines = [Line("Warga menyambut baik rencana itu."), Line("DINI TEJA", emphasised=True)]
    assert clean(lines, signature=True)[-1].text == "Warga menyambut baik rencana itu."
    assert clean(lines)[-1].text == "DINI TEJA"
    assert signature_of(lines) == "DINI TEJA"
