"""The words that speak for each matter, by strength. A hyphen stands for the space inside a pair of words.

`strong` words decide by themselves, `plain` words speak for the matter, `weak` words only add to what others say: they
stand in news of every kind (a pupil may be poisoned, a policeman may open a kitchen).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from contract.values import Category


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
            strong="""kesehatan rsud rsj rsu puskesmas imunisasi vaksin vaksinasi stunting dbd demam-berdarah
                campak polio difteri tbc hiv covid keracunan posyandu bpjs-kesehatan dinkes kadinkes igd leptospirosis
                makan-bergizi mbg sppg bgn ahli-gizi rumah-sakit malnutrisi kesehatan-jiwa tenaga-kesehatan
                dokter-spesialis kanker diabetes rawat-inap rs-paru rs-mata katarak skrining ponkesdes labkesda
                cuci-darah rawat-jalan kacamata""",
            plain="""gizi pasien dokter perawat bidan penyakit obat bpjs medis klinik operasi wabah klb virus
                bakteri nutrisi kalori kolesterol tubuh protein vitamin ambulans farmasi bpom higiene apoteker stroke
                jantung ginjal sanitasi muntah mual diare mikroplastik odgj psikolog""",
            weak="""dirawat makanan menu dapur sehat halal sakit gejala porsi""",
        ),
        Category.PENDIDIKAN: Words(
            strong="""pendidikan ppdb snbp snbt kurikulum beasiswa ijazah dindik dispendik kadindik guru-besar
                perguruan-tinggi uang-sekolah skripsi wisuda zonasi kepala-sekolah-baru rektor anggaran-pendidikan
                bos-reguler dana-bos tunjangan-guru perundungan kontes-robot cabdin double-track slb studi-tur smanor
                wali-murid sekolah-rakyat spmb seragam putus-sekolah pin-spmb ruang-kelas""",
            plain="""universitas kampus mahasiswa dosen spp kuliah literasi olimpiade-sains akademik perpusnas
                kelas ujian madrasah perpustakaan pustaka buku guru taruna lulusan robot asrama belajar osis""",
            weak="""sekolah siswa pelajar murid smk sma smp sd sdn smpn sman smkn pesantren santri""",
        ),
        Category.INFRASTRUKTUR: Words(
            strong="""infrastruktur jalan-rusak jalan-berlubang jembatan irigasi bendungan drainase rtlh
                bina-marga pupr jalan-tol aspal pengaspalan betonisasi trotoar pavingisasi jalan-provinsi ikn
                konektivitas normalisasi spam air-bersih sumur-bor rumah-layak tidak-layak layak-huni perbaikan-jalan
                pintu-air jalan-desa berlubang rusunawa guardrail listrik-gratis air-baku internet-gratis pdam""",
            plain="""jalan proyek waduk gedung rusun perumahan konstruksi tol pengairan talut plengsengan
                kontraktor mangkrak tender embung penerangan permukiman dibedah sinyal lift rambu menara listrik pln
                genset lubang saluran""",
            weak="""pembangunan bangunan dibangun perbaikan""",
        ),
        Category.BENCANA: Words(
            strong="""banjir longsor gempa puting-beliung tsunami kekeringan karhutla bpbd tanah-gerak pengungsi
                rob bencana hunian-tetap hunian-sementara angin-kencang awan-panas gunung-api kalaksa tanggap-darurat
                banjir-bandang kebakaran-hutan hangus hanguskan terjang sirene-tsunami tagana lahar erupsi semeru
                hektare-terbakar siaga-bencana peringatan-dini""",
            plain="""kebakaran terendam bmkg evakuasi siaga relawan mitigasi terbakar mengungsi damkar basarnas
                terdampak hujan-deras cuaca-ekstrem simulasi sirene api rendam korban-jiwa diterjang tertimbun""",
            weak="""angin hujan luapan tebing""",
        ),
        Category.HUKUM: Words(
            strong="""korupsi tersangka kejaksaan kejari kejati kpk terdakwa vonis dakwaan pembunuhan narkoba
                pencurian penipuan begal pemerkosaan pencabulan penganiayaan perampokan suap gratifikasi tipikor
                residivis penculikan pembacokan dibacok jambret curanmor penembakan sabu pungli pengedar hakim
                mahkamah-konstitusi uu-ite ruu prolegnas gugatan kriminalitas penghilangan-paksa pencemaran-nama
                kekerasan-seksual penggelapan diperkosa dibunuh menganiaya""",
            plain="""polisi sidang pengadilan penjara hukum kriminal ditangkap pidana jaksa polres pasal penyidik
                pelaku mk bareskrim reskrim kasatreskrim curi mencuri senjata hukuman undang-undang uu kuhp pelat
                sengketa legislasi perkara rutan lapas aniaya pemalsu memalsukan komplotan miras rokok-ilegal
                satpol-pp penertiban perda-baru razia""",
            weak="""polda polri polsek kapolres kapolda kasus korban saksi""",
        ),
        Category.EKONOMI: Words(
            strong="""inflasi investasi ekspor impor saham ihsg rupiah umkm apbn rapbn pajak suku-bunga koperasi
                kopdes pertumbuhan-ekonomi perbankan bank-indonesia devisa bumn ekonomi sembako minyakita pasar-modal
                harga-pangan pemutihan daya-beli danantara pertamina kawasan-ekonomi kek wajib-pajak burden-sharing
                harga-telur harga-beras harga-cabai bank-jatim rentenir investor misi-dagang pasar-murah operasi-pasar
                usaha-rintisan modal-bergulir wirausaha disperindag diskop samsat pasar-ekspor lapak pasar-tumpah
                kredit-usaha bumdes minyak-goreng elpiji opsen""",
            plain="""harga pasar bank perdagangan industri kredit bisnis pengusaha apbd pad bumd baja energi gas
                keuangan kemenkeu menkeu defisit anggaran triliun mineral fiskal rekening tarif transaksi perusahaan
                tambang pelaku-usaha modal pedagang bursa pasokan pemasok laba utang tera timbangan pkl perajin usaha
                denda lelang katalog""",
            weak="""miliar dana belanja pt persero""",
        ),
        Category.SOSIAL: Words(
            strong="""bansos blt pkh kemiskinan lansia disabilitas dinsos panti-asuhan panti-sosial anak-yatim
                kesejahteraan-sosial zakat mensos kemensos miskin-ekstrem penerima-manfaat-kpm gelandangan
                kekerasan-anak penerima-bansos bantuan-sosial keluarga-penerima pernikahan-dini rumah-layak
                balita-telantar panti rumah-aman dp3ak pendamping-korban tagana-sosial kursi-roda rumah-ibadah""",
            plain="""sosial santunan kesejahteraan yatim telantar perempuan perlindungan-anak kemanusiaan odgj
                baznas jemaah umat miskin donasi difabel adopsi pengasuhan tuna-netra tunanetra hibah""",
            weak="""bantuan anak keluarga masyarakat masjid""",
        ),
        Category.LINGKUNGAN: Words(
            strong="""sampah limbah pencemaran polusi lingkungan-hidup tpa mangrove emisi reboisasi konservasi
                satwa plts perubahan-iklim mikroplastik penghijauan kehutanan dlh deforestasi zero-waste
                energi-terbarukan tambang-ilegal mutu-udara kualitas-udara indeks-udara penebangan-liar lutung bbksda
                ekosistem dilepasliarkan busa ikan-mati hiu-tutul limbah-cair taman-hutan""",
            plain="""lingkungan hutan sungai karbon tambang plastik iklim tercemar surya kebersihan daur-ulang
                bumi puing penebangan udara sumber-air lestari""",
            weak="""pohon tanaman""",
        ),
        Category.PEMERINTAHAN: Words(
            strong="""pelantikan pj-gubernur plh-gubernur penjabat pelaksana-harian asn pns pppk cpns mutasi
                birokrasi musrenbang rpjmd sekdaprov layanan-publik pelayanan-publik reformasi-birokrasi
                sidang-kabinet kades dana-desa otonomi-daerah akta dukcapil adminduk kinerja-pemerintah kabinet mou
                nota-kesepahaman promosi-terbuka jabatan lelang-jabatan apbd kenegaraan menteri-terbaik
                kementerian-terbaik serapan-anggaran perjalanan-dinas seleksi-terbuka rekomendasi-bpk aduan-warga
                aset-pemprov layanan-perizinan""",
            plain="""gubernur bupati wali-kota walikota pemprov pemkab pemkot pejabat sekda opd inspektorat
                kepala-dinas bkd dilantik perda melantik istana mendagri kemendagri kementerian pemerintahan ombudsman
                bpk temuan-bpk layanan-aduan perizinan p2t setwan bakorwil bappeda bpkad bpsdm badan-penghubung
                lelang-ulang pengadaan arsip anjungan-jawa loket izin aset dewan auditor kepala-desa risalah
                gubernuran serapan lelang gugat-hasil kabar-bohong hoaks anjungan aduan""",
            weak="""pemerintah dprd presiden desa wagub wabup menteri""",
        ),
        Category.PERTANIAN: Words(
            strong="""pertanian pupuk panen sawah peternakan pmk perikanan perkebunan tebu hortikultura alsintan
                gapoktan gabah swasembada mentan ketahanan-pangan swasembada-pangan padi lsd disnak disbun dispertan
                pedet bibit-kopi wereng tanam-padi pelabuhan-perikanan lelang-ikan petambak rendemen ratoon porang
                peternak pupuk-bersubsidi gagal-panen hama musim-tanam kebun-kopi rumah-potong kalender-tanam
                irigasi-sawah""",
            plain="""ternak sapi beras jagung benih bibit bulog cabai ikan ladang unggas kedelai pangan garam
                nelayan tambak petani tembakau garam-rakyat kemarau-panjang kopi daging vaksin-ternak bawang melon
                lahan melaut kebun tanam""",
            weak="""telur ayam""",
        ),
        Category.PERHUBUNGAN: Words(
            strong="""pelabuhan bandara mudik lalu-lintas angkutan transportasi feri ferry penyeberangan dishub
                transjakarta jaklingko mikrotrans angkot kecelakaan dermaga asdp ferizy kereta-api ojol gojek
                ojek-online arus-balik arus-mudik ditabrak tabrakan odol kemenhub menhub rute-trayek ojek laka gocar
                grab jukir tabrak menabrak angkutan-umum trans-jatim antar-jemput ksop pelayaran arus-lalu""",
            plain="""bus kereta truk stasiun rute tiket macet kendaraan pengemudi trayek sim pesawat penerbangan
                keberangkatan berlayar halte pemudik kemacetan armada ugal-ugalan kapal penumpang terminal parkir
                juru-parkir""",
            weak="""jadwal jalan sopir supir mobil motor""",
        ),
        Category.KETENAGAKERJAAN: Words(
            strong="""buruh upah umk ump phk lowongan tki tenaga-kerja ketenagakerjaan disnaker disnakertrans
                pengangguran outsourcing blk serikat-pekerja lapangan-kerja lapangan-pekerjaan pekerja-migran
                bursa-kerja pencari-kerja pelamar hubungan-industrial thr tunjangan-hari aplikator transmigran
                transmigrasi kecelakaan-kerja balai-latihan
                pengawas-ketenagakerjaan upah-minimum mogok-kerja juru-las""",
            plain="""pekerja gaji karyawan magang pabrik pensiun pendapatan-pengemudi mitra-pengemudi lembur
                kemitraan mitra-aplikator""",
            weak="""kerja pelatihan bekerja""",
        ),
        Category.POLITIK: Words(
            strong="""pemilu pilkada pilpres kpu bawaslu caleg capres cawapres kampanye tps pilgub coblosan pilbup
                paslon elektabilitas oposisi partai-politik parpol golput real-count quick-count hak-suara pilwali
                coblos mkd pdip gerindra golkar tkd tkn amin""",
            plain="""partai koalisi politik dpp dpd fraksi ganjar anies legislator politikus hasto relawan-prabowo
                nasdem pkb projo dukungan mahfud demokrasi""",
            weak="""prabowo gibran jokowi dpr ketua suara""",
        ),
        Category.OLAHRAGA: Words(
            strong="""atlet medali porprov sepak-bola sepakbola liga persebaya arema pertandingan koni dispora
                turnamen semifinal klasemen timnas klub pssi juara-umum kejuaraan badminton voli babak""",
            plain="""juara stadion olahraga pelatih gol lari pemain tim laga atletik kontes lintasan""",
            weak="""kompetisi final""",
        ),
        Category.BUDAYA_PARIWISATA: Words(
            strong="""wisata wisatawan festival kebudayaan museum reog pariwisata destinasi candi batik disbudpar
                ludruk wayang cagar-budaya kuliner tari tradisi menpar kemenbud pagelaran karnaval desa-wisata budaya
                sport-tourism pameran kriya pendakian pendaki lukisan perupa karapan sapi-sonok taman-budaya
                candra-wilwatikta seniman kampung-tenun mpu-tantular""",
            plain="""seni hotel bromo pantai turis budayawan konser adat kesenian panggung koleksi kaldera pemandu""",
            weak="""libur pengunjung""",
        ),
    }
)
