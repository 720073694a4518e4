"""The words that speak for each matter, by strength. A hyphen stands for the space inside a pair of words.

`strong` words decide by themselves, `plain` words speak for the matter, `weak` words only add to what others say: they
stand in news of every kind (a pupil may be poisoned, a policeman may open a kitchen).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


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


class Words(NamedTuple):
    """Words of one matter by strength, separated by spaces."""

    strong: str
    plain: str
    weak: str


WEIGHTS = Words(strong="2.5", plain="1.0", weak="0.4")
"""The weight of each strength, in the same order."""

WORDS: Mapping[Category, Words] = MappingProxyType(
    {
        Category.KESEHATAN: Words(
            strong="""kesehatan rsud rsj rsu puskesmas imunisasi vaksin vaksinasi stunting dbd demam-berdarah campak
                polio difteri tbc hiv covid keracunan posyandu bpjs-kesehatan dinkes kadinkes igd leptospirosis
                makan-bergizi mbg sppg bgn ahli-gizi rumah-sakit malnutrisi kesehatan-jiwa
                tenaga-kesehatan dokter-spesialis kanker diabetes rawat-inap""",
            plain="""gizi pasien dokter perawat bidan penyakit obat bpjs medis klinik operasi wabah klb virus bakteri
                nutrisi kalori kolesterol tubuh protein vitamin ambulans farmasi bpom higiene apoteker stroke jantung
                ginjal sanitasi muntah mual diare mikroplastik odgj psikolog""",
            weak="""dirawat makanan menu dapur sehat halal sakit gejala porsi""",
        ),
        Category.PENDIDIKAN: Words(
            strong="""pendidikan ppdb spmb snbp snbt kurikulum beasiswa ijazah dindik dispendik kadindik guru-besar
                perguruan-tinggi uang-sekolah sekolah-rakyat skripsi wisuda zonasi kepala-sekolah-baru rektor
                anggaran-pendidikan bos-reguler dana-bos putus-sekolah tunjangan-guru perundungan""",
            plain="""universitas kampus mahasiswa dosen guru madrasah spp kuliah literasi perpustakaan olimpiade-sains
                akademik perpusnas""",
            weak="""sekolah siswa pelajar murid smk sma smp sd sdn smpn sman smkn pesantren santri""",
        ),
        Category.INFRASTRUKTUR: Words(
            strong="""infrastruktur jalan-rusak jalan-berlubang jembatan irigasi bendungan drainase rusunawa rtlh
                bina-marga pupr jalan-tol aspal pengaspalan betonisasi trotoar pavingisasi jalan-provinsi ikn
                konektivitas normalisasi spam air-bersih""",
            plain="""jalan proyek waduk gedung rusun perumahan konstruksi tol pengairan talut plengsengan kontraktor
                mangkrak tender embung penerangan permukiman""",
            weak="""pembangunan bangunan dibangun perbaikan""",
        ),
        Category.BENCANA: Words(
            strong="""banjir longsor gempa erupsi puting-beliung tsunami kekeringan karhutla bpbd tanah-gerak
                pengungsi rob bencana hunian-tetap hunian-sementara angin-kencang awan-panas lahar gunung-api
                kalaksa tanggap-darurat banjir-bandang""",
            plain="""kebakaran terendam bmkg evakuasi siaga semeru relawan mitigasi terbakar mengungsi damkar
                basarnas terdampak hujan-deras cuaca-ekstrem""",
            weak="""angin hujan luapan tebing""",
        ),
        Category.HUKUM: Words(
            strong="""korupsi tersangka kejaksaan kejari kejati kpk terdakwa vonis dakwaan pembunuhan narkoba pencurian
                penipuan begal pemerkosaan pencabulan penganiayaan perampokan suap gratifikasi tipikor residivis
                penculikan pembacokan dibacok jambret curanmor penembakan sabu pungli pengedar hakim mahkamah-konstitusi
                uu-ite ruu prolegnas gugatan kriminalitas penghilangan-paksa pencemaran-nama kekerasan-seksual
                penggelapan diperkosa dibunuh menganiaya""",
            plain="""polisi sidang pengadilan penjara hukum kriminal ditangkap pidana jaksa polres pasal penyidik pelaku
                mk bareskrim reskrim kasatreskrim curi mencuri senjata hukuman undang-undang uu kuhp pelat
                sengketa legislasi perkara rutan lapas aniaya""",
            weak="""polda polri polsek kapolres kapolda kasus korban saksi""",
        ),
        Category.EKONOMI: Words(
            strong="""inflasi investasi ekspor impor saham ihsg rupiah umkm apbn rapbn pajak suku-bunga koperasi kopdes
                pertumbuhan-ekonomi perbankan bank-indonesia devisa bumn ekonomi sembako minyakita
                pasar-modal harga-pangan pemutihan daya-beli danantara pertamina kawasan-ekonomi kek
                wajib-pajak burden-sharing harga-telur harga-beras harga-cabai bank-jatim rentenir investor""",
            plain="""harga pasar bank perdagangan industri kredit bisnis pengusaha samsat apbd pad bumd baja energi gas
                keuangan kemenkeu menkeu defisit anggaran triliun mineral fiskal rekening tarif transaksi perusahaan
                tambang pelaku-usaha modal pedagang bursa pasokan pemasok""",
            weak="""miliar dana belanja pt persero""",
        ),
        Category.SOSIAL: Words(
            strong="""bansos blt pkh kemiskinan lansia difabel disabilitas dinsos panti-asuhan panti-sosial anak-yatim
                kesejahteraan-sosial zakat mensos kemensos miskin-ekstrem penerima-manfaat-kpm gelandangan
                kekerasan-anak penerima-bansos bantuan-sosial keluarga-penerima rumah-aman pernikahan-dini
                rumah-layak""",
            plain="""sosial santunan kesejahteraan yatim telantar perempuan perlindungan-anak kemanusiaan odgj baznas
                jemaah umat miskin donasi""",
            weak="""bantuan anak keluarga masyarakat masjid""",
        ),
        Category.LINGKUNGAN: Words(
            strong="""sampah limbah pencemaran polusi lingkungan-hidup tpa mangrove emisi reboisasi konservasi satwa
                plts perubahan-iklim mikroplastik penghijauan kehutanan dlh deforestasi zero-waste energi-terbarukan
                tambang-ilegal""",
            plain="""lingkungan hutan sungai karbon tambang plastik iklim tercemar surya kebersihan daur-ulang bumi""",
            weak="""pohon tanaman""",
        ),
        Category.PEMERINTAHAN: Words(
            strong="""pelantikan pj-gubernur plh-gubernur penjabat pelaksana-harian asn pns pppk cpns mutasi birokrasi
                musrenbang rpjmd sekdaprov layanan-publik pelayanan-publik reformasi-birokrasi sidang-kabinet kades
                dana-desa otonomi-daerah akta dukcapil adminduk kinerja-pemerintah kabinet mou nota-kesepahaman
                promosi-terbuka jabatan lelang-jabatan apbd kenegaraan menteri-terbaik kementerian-terbaik""",
            plain="""gubernur bupati wali-kota walikota pemprov pemkab pemkot pejabat sekda opd inspektorat kepala-dinas
                bkd dilantik perda melantik istana mendagri kemendagri kementerian pemerintahan""",
            weak="""pemerintah dprd presiden desa wagub wabup menteri""",
        ),
        Category.PERTANIAN: Words(
            strong="""petani pertanian pupuk panen sawah peternak peternakan pmk nelayan perikanan perkebunan tebu
                hortikultura alsintan gapoktan gabah swasembada mentan ketahanan-pangan swasembada-pangan padi
                garam-rakyat tambak tembakau kemarau-panjang lsd""",
            plain="""ternak sapi beras jagung benih bibit bulog cabai ikan ladang unggas kedelai pangan garam""",
            weak="""telur ayam tanam""",
        ),
        Category.PERHUBUNGAN: Words(
            strong="""terminal pelabuhan bandara mudik lalu-lintas angkutan transportasi feri ferry penyeberangan dishub
                trans-jatim transjakarta jaklingko mikrotrans angkot kecelakaan dermaga asdp ferizy kereta-api ojol
                gojek ojek-online arus-balik arus-mudik penumpang menabrak tabrak ditabrak tabrakan odol kapal
                kemenhub menhub rute-trayek ojek laka gocar grab jukir parkir""",
            plain="""bus kereta truk stasiun sopir supir rute tiket macet kendaraan pengemudi motor mobil trayek sim
                pesawat penerbangan keberangkatan berlayar halte pemudik kemacetan armada ugal-ugalan""",
            weak="""jadwal jalan""",
        ),
        Category.KETENAGAKERJAAN: Words(
            strong="""buruh upah umk ump phk lowongan tki tenaga-kerja ketenagakerjaan disnaker disnakertrans
                pengangguran outsourcing blk serikat-pekerja lapangan-kerja lapangan-pekerjaan pekerja-migran
                bursa-kerja pencari-kerja pelamar hubungan-industrial thr tunjangan-hari aplikator""",
            plain="""pekerja gaji karyawan magang pabrik pensiun pendapatan-pengemudi mitra-pengemudi lembur
                kemitraan mitra-aplikator""",
            weak="""bekerja kerja""",
        ),
        Category.POLITIK: Words(
            strong="""pemilu pilkada pilpres kpu bawaslu caleg capres cawapres kampanye tps pilgub coblosan pilbup
                paslon elektabilitas oposisi partai-politik parpol golput real-count quick-count hak-suara pilwali
                coblos mkd pdip gerindra golkar tkd tkn amin""",
            plain="""partai suara koalisi politik dpp dpd fraksi ganjar anies legislator politikus hasto
                relawan-prabowo nasdem pkb projo dukungan mahfud demokrasi""",
            weak="""prabowo gibran jokowi dpr ketua""",
        ),
        Category.OLAHRAGA: Words(
            strong="""atlet medali porprov sepak-bola sepakbola liga persebaya arema pertandingan koni dispora turnamen
                semifinal klasemen timnas klub pssi juara-umum kejuaraan badminton voli babak""",
            plain="""juara stadion olahraga pelatih gol lari pemain tim laga""",
            weak="""kompetisi final""",
        ),
        Category.BUDAYA_PARIWISATA: Words(
            strong="""wisata wisatawan festival kebudayaan museum reog pariwisata destinasi candi batik disbudpar ludruk
                wayang cagar-budaya kuliner tari tradisi menpar kemenbud pagelaran karnaval desa-wisata budaya
                sport-tourism""",
            plain="""seni hotel bromo pantai turis budayawan seniman konser adat kesenian""",
            weak="""libur pengunjung""",
        ),
    }
)
