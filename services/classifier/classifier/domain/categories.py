"""What an article is about: a closed set of matters, by weighted words in title and text."""

import re
from collections.abc import Iterable
from enum import StrEnum


class Category(StrEnum):
    """A matter. An article may have up to three, the strongest first."""

    KESEHATAN = "kesehatan"
    PENDIDIKAN = "pendidikan"
    INFRASTRUKTUR = "infrastruktur"
    BENCANA = "bencana"
    HUKUM = "hukum"
    EKONOMI = "ekonomi"
    SOSIAL = "sosial"
    LINGKUNGAN = "lingkungan"
    PEMERINTAHAN = "pemerintahan"
    PERTANIAN = "pertanian"
    PERHUBUNGAN = "perhubungan"
    KETENAGAKERJAAN = "ketenagakerjaan"
    POLITIK = "politik"
    OLAHRAGA = "olahraga"
    BUDAYA_PARIWISATA = "budaya_pariwisata"
    LAINNYA = "lainnya"


_WORDS: dict[Category, str] = {
    Category.KESEHATAN: """kesehatan rsud rs pasien dokter perawat puskesmas penyakit vaksin imunisasi obat
    bpjs stunting gizi
        keracunan demam dbd campak covid klinik medis operasi wabah klb tbc hiv posyandu dinkes ambulans igd""",
    Category.PENDIDIKAN: """pendidikan sekolah siswa guru sma smk smp sd ppdb spmb kampus mahasiswa ijazah
    kurikulum beasiswa
        universitas pelajar murid dindik dispendik madrasah pesantren santri spp wisuda""",
    Category.INFRASTRUKTUR: """jalan jembatan proyek pembangunan irigasi waduk bendungan drainase aspal
    berlubang gedung rusun
        perumahan konstruksi tol bina-marga pupr pengairan sanitasi spam trotoar""",
    Category.BENCANA: """banjir longsor gempa erupsi kebakaran kekeringan puting-beliung bpbd bencana
    pengungsi semeru evakuasi
        tsunami rob angin siaga karhutla terendam bmkg relawan""",
    Category.HUKUM: """korupsi tersangka polisi kejaksaan kpk sidang pengadilan vonis penjara dakwaan hukum
    kriminal pencurian
        pembunuhan narkoba penipuan polres polda pungli suap ditangkap terdakwa kejari""",
    Category.EKONOMI: """ekonomi harga inflasi pasar umkm investasi ekspor impor pajak bank perdagangan
    industri koperasi kredit
        saham rupiah pertumbuhan bisnis pengusaha sembako minyakita samsat pemutihan apbd pad bumd""",
    Category.SOSIAL: """sosial bansos kemiskinan lansia disabilitas panti difabel santunan bantuan perempuan
    anak kekerasan odgj
        zakat kesejahteraan pkh anak-yatim dinsos warga-miskin perlindungan""",
    Category.LINGKUNGAN: """lingkungan sampah limbah pencemaran polusi hutan sungai tpa mangrove emisi karbon
    dlh reboisasi
        konservasi satwa tambang energi plts kehutanan""",
    Category.PEMERINTAHAN: """gubernur bupati pemprov pemkab pemkot asn pns pppk dprd perda pelantikan
    pejabat birokrasi anggaran
        sekda opd layanan-publik musrenbang rpjmd inspektorat mutasi kepala-dinas bkd desa kades""",
    Category.PERTANIAN: """petani pertanian padi beras pupuk panen sawah ternak sapi pmk nelayan ikan
    perikanan tebu perkebunan
        tembakau garam hortikultura alsintan gapoktan bulog gabah peternakan""",
    Category.PERHUBUNGAN: """bus terminal kereta pelabuhan bandara mudik lalu-lintas angkutan transportasi
    kapal feri penumpang
        dishub trans-jatim macet kecelakaan truk stasiun penyeberangan sopir rute""",
    Category.KETENAGAKERJAAN: """buruh pekerja upah umk ump phk lowongan tki pmi thr pabrik serikat disnaker
    disnakertrans pengangguran
        outsourcing tenaga-kerja blk magang""",
    Category.POLITIK: """pemilu pilkada pilpres kpu bawaslu partai caleg capres kampanye tps suara koalisi
    pilgub prabowo ganjar
        anies golkar pdip gerindra elektabilitas""",
    Category.OLAHRAGA: """atlet medali porprov pon sepak-bola liga persebaya arema pertandingan juara stadion
    koni dispora
        turnamen olahraga voli badminton pelatih gol""",
    Category.BUDAYA_PARIWISATA: """wisata wisatawan festival budaya museum seni reog tari pariwisata
    destinasi candi batik hotel disbudpar
        kuliner ludruk wayang bromo pantai cagar-budaya""",
}
_WEIGHT_OF_TITLE = 3.0
_LEAST_SCORE = 3.0
_SHARE_OF_BEST = 0.5
_MOST = 3
_WORD = re.compile(r"[a-z]+")
_OF_WORD: dict[str, tuple[Category, ...]] = {}
_OF_PAIR: dict[str, tuple[Category, ...]] = {}
for _category, _words in _WORDS.items():
    for _word in _words.split():
        _table = _OF_PAIR if "-" in _word else _OF_WORD
        _key = _word.replace("-", " ")
        _table[_key] = (*_table.get(_key, ()), _category)


def categories_of(title: str, text: str) -> tuple[Category, ...]:
    """Return the matters, the strongest first; `lainnya` alone when nothing speaks clearly."""
    scores: dict[Category, float] = {}
    for words, weight in ((_WORD.findall(title.lower()), _WEIGHT_OF_TITLE), (_WORD.findall(text[:2_500].lower()), 1.0)):
        seen: dict[str, int] = {}
        for key, categories in _hits(words):
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= 3:  # a word that is repeated all over says no more the fourth time
                for category in categories:
                    scores[category] = scores.get(category, 0.0) + weight
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _LEAST_SCORE:
        return (Category.LAINNYA,)
    return tuple(category for category, score in ranked[:_MOST] if score >= _SHARE_OF_BEST * ranked[0][1])


def _hits(words: list[str]) -> Iterable[tuple[str, tuple[Category, ...]]]:
    for first, second in zip(words, [*words[1:], ""], strict=False):
        if first in _OF_WORD:
            yield first, _OF_WORD[first]
        pair = f"{first} {second}"
        if pair in _OF_PAIR:
            yield pair, _OF_PAIR[pair]
