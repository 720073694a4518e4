"""Words by which Indonesian news shows good, bad or plain news, in groups; written for Pantau.

Words are stored as stems. `groups_of` strips affixes, so "dikeluhkan" and "keluhan" both find "keluh".
"""

from functools import lru_cache

from classifier.domain.text import word_set

GROUPS: dict[str, str] = {
    "harm": """tumbang bullying perundungan siksa jebak tewas meninggal mati wafat gugur korban luka cedera kritis
        sekarat mayat jenazah jasad hilang hanyut tenggelam terseret keracunan racun sakit mual muntah pingsan
        sesak trauma derita lumpuh cacat dirawat larikan rawat evakuasi duka gizi stunting buruk kelaparan
        depresi bunuh gantung""",
    "crime": """tersangka dakwa terdakwa pidana penjara bui tahan tangkap bekuk ringkus ciduk gerebek polisikan lapor
        curi maling begal rampok jambret copet tipu gelap palsu aniaya keroyok perkosa cabul leceh bunuh culik
        sekap narkoba sabu ganja judi judol teror bom tembak tusuk bacok bakar rusak bobol retas buron dpo
        residivis pelaku kriminal jahat vonis tuntut sidang pungli peras sandera gugat peretasan penipuan hoaks""",
    "corruption": """korupsi koruptor suap gratifikasi mark-up markup fiktif selewengkan gelembung kpk ott
    tipikor rugi kerugian
    sita geledah rasuah cuci kolusi nepotisme penyimpangan simpang selundup mafia""",
    "disaster": """banjir longsor gempa tsunami erupsi kebakaran bakar badai puting-beliung angin kekeringan
    rob ambruk roboh
    runtuh amblas jebol rusak hancur terendam rendam genang landa terjang lahar awan abrasi bencana darurat
    tabrak kecelakaan tabrakan laka terguling guling anjlok tergelincir ledak meledak patah""",
    "complaint": """keluh kecewa protes demo unjuk-rasa demonstrasi tolak kecam kritik kritisi sorot sesal
    sindir cibir hujat
    gugat tuntut desak somasi adu lapor mosi geram marah kesal resah gelisah khawatir cemas was-was waswas
    pusing bingung curiga tuding tuduh tuntutan kisruh polemik kontroversi viral geger heboh gaduh sengketa
    sengkarut ironis miris prihatin sayangkan memalukan malu pertanyakan ancam ultimatum boikot mogok""",
    "failure": """terpaksa jarang terbatas bungkam blunder nekat beban simpang bodohi kelabang borok bungkem tercemar
        rumit gagal lambat lamban molor mandek mangkrak terbengkalai bengkalai telantar terlantar tunda batal
        henti setop stop hentikan tutup buruk jelek amburadul semrawut kacau rusak bobrok minim kurang krisis
        langka antre antri macet lumpuh mati padam kosong habis telat terlambat abai lalai teledor salah keliru
        cacat bocor tak-layak kumuh kotor cemar polusi limbah bau busuk basi belatung ulat kedaluwarsa sulit
        susah kendala hambat masalah persoalan problem bermasalah tidak-layak melanggar langgar ilegal liar
        bodong tidak-adil""",
    "decline": """gencet tekuk tekan-berat kontraksi minus membengkak turun merosot anjlok lesu rugi defisit
    utang tunggak
        bangkrut pailit phk rumahkan gulung-tikar melemah lemah jatuh rontok tekor miskin kemiskinan
        pengangguran inflasi mahal melonjak meroket naik-harga susut ambles terpuruk tertekan pangkas efisiensi
        potong""",
    "sanction": """sanksi pecat copot berhentikan nonaktif skors denda segel tutup cabut bongkar gusur tertibkan razia
        tegur teguran peringatan larang blokir tilang usir deportasi eksekusi mutasi""",
    "conflict": """bentrok ricuh rusuh tawuran konflik perang serang serangan tembak cekcok ribut pukul saling blokade
        sabotase ancaman intimidasi provokasi sara diskriminasi bully rundung perundungan kekerasan""",
    "award": """raih sabet juara penghargaan award awards medali emas perak perunggu prestasi terbaik rekor
    predikat wtp
    opini anugerah nobatkan unggul menang pemenang apresiasi gelar piala trofi harum banggakan bangga adipura
    berprestasi teladan sukses kampiun podium akreditasi paripurna""",
    "help": """bantu bantuan salur serah bagi hibah donasi santunan beasiswa gratis subsidi tolong selamat selamatkan
        evakuasi bedah-rumah rehabilitasi pulih pulihkan sembuh obati layani dampingi berdayakan sumbang dukung
        fasilitasi ringankan bebaskan pemutihan diskon insentif kompensasi ganti-rugi relokasi sembako takjil
        khitan operasi-katarak pasar-murah peduli uluran tangan jemput-bola""",
    "growth": """tumbuh naik tingkat meningkat lampaui surplus untung laba capai tembus ekspor investasi
    produktif panen
    melimpah swasembada optimistis optimis pesat positif maju majukan berkembang dongkrak pulih bangkit stabil
    terkendali turunkan membaik kuat menguat efektif efisien percepat perluas serap""",
    "praise": """girang enak favorit mudah irit hemat akhirnya bahagia lezat mewah layak-dicontoh peka puji apresiasi
        acung sambut-baik bangga syukur terima-kasih terimakasih senang gembira bahagia antusias puas manfaat
        bermanfaat hebat luar-biasa inspirasi inspiratif inovatif inovasi kreatif harmonis kompak guyub rukun
        damai aman kondusif lancar nyaman indah bersih sehat ramah transparan sambut meriah""",
    "success": """berhasil sukses tuntas rampung selesai atasi tangani tertangani padam-kan padamkan ungkap bongkar
        gagalkan cegah tekan kendalikan tanggulangi solusi perbaiki pulih normal kembali temukan amankan cepat
        sigap gercep tanggap gerak-cepat""",
    "launch": """resmi resmikan luncur launching buka operasikan mulai groundbreaking bangun hadirkan
    wujudkan kukuhkan
    lantik lepas berangkatkan kenalkan terapkan mou kerja-sama kolaborasi sinergi gandeng""",
    "plan": """akan bakal rencana target wacana usul kaji siapkan persiapan siap proyeksi prediksi prakiraan perkiraan
        jelang antisipasi imbau ingatkan minta harap dorong ajak pastikan tegaskan instruksi waspada""",
    "explain": """jadwal cara syarat daftar berapa apa bagaimana simak cek link profil sosok tips fakta penjelasan
        jelaskan ungkap kata sebut tanggapi respons bantah klarifikasi jawab luruskan begini ini-kata bicara
        soal tentang terkait lengkap info harga cuaca kalender libur niat doa arti makna""",
}

NEGATIONS = word_set("tidak tak tiada bukan belum tanpa jangan bukannya nggak enggak ogah")
BLAME_VERBS = word_set("""kritik kecam tuding tuduh gugat lapor adu desak protes keluh sorot sesal kecewa
    periksa panggil tetap sangka
    dakwa tahan geledah vonis tuntut tagih tegur abai lalai lambat gagal bohong halang salah rugi tutup tolak
    demo somasi bongkar temu maladministrasi persulit mempersulit peras pungli minta-maaf biar ingkar""")
HELP_VERBS = word_set("""bantu salur serah beri bagi evakuasi selamat tolong layani dampingi tangani atasi
    bangun perbaiki resmikan
    raih terima pertahankan berhasil puji apresiasi terima-kasih tekan turunkan tingkat gelar siaga terjun kirim
    sigap cepat padam pulih bebaskan gratis fasilitasi latih obati rawat vaksin sembuh ungkap bekuk tangkap""")
SPEECH = word_set("""kata ujar ucap tutur jelas ungkap tegas tandas imbuh tambah terang papar beber sebut
    lanjut pungkas tukas
    nyata aku cerita ingat imbau harap minta sampai konfirmasi""")

_STEM_GROUPS: dict[str, tuple[str, ...]] = {}
for _group, _words in GROUPS.items():
    for _word in _words.split():
        _STEM_GROUPS[_word] = (*_STEM_GROUPS.get(_word, ()), _group)

_PREFIXES = (
    "memper",
    "diper",
    "mem",
    "men",
    "meng",
    "meny",
    "me",
    "pem",
    "pen",
    "peng",
    "peny",
    "per",
    "pe",
    "ber",
    "ter",
    "ke",
    "se",
    "di",
    "ku",
)
_SUFFIXES = ("kannya", "annya", "inya", "kan", "an", "i", "nya", "lah", "kah")
_RESTORED = {"mem": "p", "pem": "p", "men": "t", "pen": "t", "meng": "k", "peng": "k", "meny": "s", "peny": "s"}
_SHORTEST_STEM = 3


@lru_cache(maxsize=65_536)
def stems(word: str) -> tuple[str, ...]:
    """Return what may be the stem of a word in lower case, the word first; not a stemmer, a net for look-ups."""
    bases = [word]
    bases += [word[: -len(suffix)] for suffix in _SUFFIXES if word.endswith(suffix)]
    out = dict.fromkeys(bases)
    for base in bases:
        for prefix in _PREFIXES:
            if base.startswith(prefix) and len(base) - len(prefix) >= _SHORTEST_STEM:
                rest = base[len(prefix) :]
                out[rest] = None
                if prefix in _RESTORED:
                    out[_RESTORED[prefix] + rest] = None
    return tuple(out)


@lru_cache(maxsize=65_536)
def groups_of(word: str) -> tuple[str, ...]:
    """Return the groups of a word, by the longest stem that has any; empty for a word that shows nothing."""
    hits = [stem for stem in stems(word) if stem in _STEM_GROUPS]
    return _STEM_GROUPS[max(hits, key=len)] if hits else ()


@lru_cache(maxsize=65_536)
def is_form_of(word: str, family: frozenset[str]) -> bool:
    """Return True when a word is a form of one in the family."""
    return any(stem in family for stem in stems(word))
