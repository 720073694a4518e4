"""Linking on invented sentences: one row for each rule and each trap."""

import pytest
from classifier.adapters.packaged import packaged_linker
from classifier.domain.article import ArticleText
from classifier.domain.linking.linker import Linked

NAMED = [
    ("Dinkes dan Dindik Jatim menggelar imunisasi.", "dinkes dindik"),
    ("Dinas Pendidikan (Dindik) Jatim membuka posko.", "dindik"),
    ("DINKES JATIM SIAGAKAN PUSKESMAS DI MALANG", "dinkes kota-malang"),
    ("BPBD, Dinsos, serta Satpol PP Provinsi Jawa Timur diterjunkan.", "bpbd dinsos satpol-pp"),
    ("Kepala Dispenda Jatim menyebut pajak naik.", "bapenda"),
    ("Sekretaris Daerah Provinsi Jawa Timur membuka rapat.", "setda"),
    ("Sekwan DPRD Jatim menjelaskan anggaran.", "setwan"),
    ("Dinas Pemberdayaan Perempuan, Perlindungan Anak, dan Kependudukan (DP3AK) Jatim hadir.", "dp3ak"),
    ("RSUD Dokter Sutomo merawat korban.", "rsud-soetomo"),
    ("RSUD Syaiful Anwar Kota Malang penuh.", "rsud-saiful-anwar kota-malang"),
    ("Rumah Sakit Haji Surabaya membuka layanan.", "rsud-haji kota-surabaya"),
    ("Kabakorwil Pamekasan hadir.", "bakorwil-pamekasan"),
    ("Kacabdin Pendidikan Sumenep memanggil kepala sekolah.", "cabdin-sumenep kab-sumenep"),
    ("Karo Kesra Setdaprov Jatim menyerahkan hibah.", "biro-kesra"),
    ("Biro Adpim Jatim dan Biro Adpem Jatim pindah.", "biro-adpim biro-adpem"),
    ("Pemprov Jatim lewat Disperindag dan Dinas Pertanian turun ke Jember.", "disperindag dispertan-kp kab-jember"),
    ("Dinas Lingkungan Hidup Jatim menyegel pabrik. Dinas tersebut juga mendenda.", "dlh"),
    ("Dinkesnya Jatim lambat.", "dinkes"),
    ("Balitbang Jatim kini BRIDA.", "brida"),
    ("Oknum anggota DPRD Jatim ditahan; Biro Kesra menjadi saksi.", "biro-kesra"),
    ("Badan Koordinasi Wilayah (Bakorwil) III Malang menggelar rapat.", "bakorwil-malang"),
    ("Pemerintah Kota (Pemkot) Malang membantah.", "kota-malang"),
    ("Polres Malang menangkap pelaku; Polresta Malang Kota membantu.", "kab-malang kota-malang"),
    ("Sampel diambil di Kutorejo, Mojokerto.", "kab-mojokerto"),
    ("Kota Pahlawan menggelar festival.", "kota-surabaya"),
    ("Wali Kota Batu menerima Bupati Malang.", "kota-batu kab-malang"),
]
NOT_OURS = [
    ("Dinas Kesehatan Provinsi Kalimantan Timur mencatat kasus.", ""),
    ("Dinas Kesehatan Sleman mencatat kasus.", ""),
    ("Disnaker Surabaya membuka lowongan.", "kota-surabaya"),
    ("Pemkab Jember lewat Disperindag menggelar pasar murah.", "kab-jember"),
    ("Ketua DPRD Jatim menjelaskan anggaran.", ""),
    ("Menteri ESDM datang ke Gresik.", "kab-gresik"),
    ("Kominfo RI memblokir situs.", ""),
    ("Biro Hukum Kemendagri menelaah perda Jatim.", ""),
    ("RSUD Kota Madiun penuh.", "kota-madiun"),
    ("RS Haji Jakarta penuh.", ""),
    ("Jalan Dr. Soetomo macet.", ""),
    ("Tersangka Saiful Anwar ditahan.", ""),
    ("Truk bermuatan Batu Bara terguling.", ""),
    ("Nasib Malang menimpa warga.", ""),
    ("Tabrakan terjadi di Tol Surabaya-Mojokerto.", ""),
    ("Penjual soto Lamongan di Depok mengeluh.", ""),
    ("Kecamatan Kediri, Kabupaten Tabanan, Bali, banjir.", ""),
    ("Rapat dihadiri BPBD se-Jawa Timur.", ""),
]


def link(text: str, title: str = "") -> Linked:
    article = ArticleText(title, text)
    return packaged_linker().link(article.joined, article.bounds)


@pytest.mark.parametrize(("text", "ids"), [*NAMED, *NOT_OURS])
def test_a_sentence_names_exactly_these(text: str, ids: str) -> None:
    assert {finding.entity_id for finding in link(text).findings} == set(ids.split())


@pytest.mark.parametrize(("text", "_ids"), NAMED)
def test_every_span_lies_in_the_text_and_no_two_of_a_kind_nest(text: str, _ids: str) -> None:
    findings = link(text).findings
    for finding in findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == text[finding.start : finding.end].strip()
    starts = [(finding.kind, finding.start) for finding in findings]
    assert len(set(starts)) == len(starts)


def test_a_span_reaches_to_the_province_word_behind_a_bracket() -> None:
    text = "Kepala Badan Kepegawaian Daerah (BKD) Provinsi Jatim menjelaskan."
    (finding,) = link(text).findings
    assert text[finding.start : finding.end] == "Badan Kepegawaian Daerah (BKD) Provinsi Jatim"


def test_a_short_name_after_the_full_name_refers_to_it() -> None:
    findings = link("Dinas Kesehatan Jatim bersiap. Menurut Dinkes, stok aman.").findings
    assert [(f.entity_id, f.rule.value) for f in findings] == [("dinkes", "province_cue"), ("dinkes", "coreference")]


def test_the_title_decides_for_the_text() -> None:
    findings = link("Kepala Dinas Kesehatan menyebut kasus turun.", title="Dinkes Jatim: kasus turun").findings
    assert [f.entity_id for f in findings] == ["dinkes", "dinkes"]


def test_a_bare_name_among_agencies_of_the_province_is_the_provinces() -> None:
    text = "DPU SDA dipuji. Sebaliknya, Dinas PU Bina Marga Jatim dikritik."
    assert [f.entity_id for f in link(text).findings] == ["dpu-sda", "dpu-bina-marga"]
    assert [f.entity_id for f in link(f"{text} Bupati hadir.").findings] == ["dpu-bina-marga"]


def test_an_agency_of_a_city_stays_visible_as_such() -> None:
    linked = link("Dinas Kesehatan Kota Surabaya mencatat kasus.")
    assert [(o.name, o.jurisdiction.value) for o in linked.others] == [
        ("Dinas Kesehatan Kota Surabaya", "kabupaten_kota")
    ]


def test_a_district_hospital_stays_visible_with_its_id() -> None:
    linked = link("Korban dibawa ke RSUD dr. Iskak Tulungagung.")
    assert [(o.entity_id, o.jurisdiction.value) for o in linked.others] == [("rsud-iskak", "kabupaten_kota")]


def test_an_undecided_twin_keeps_the_other_one() -> None:
    (finding,) = link("Pasar murah digelar di Kediri.").findings
    assert {finding.entity_id, *finding.alternatives} == {"kab-kediri", "kota-kediri"}


def test_one_explicit_mention_decides_the_twin_for_the_article() -> None:
    findings = link("Pasar murah digelar di Kediri. Bupati Kediri hadir.").findings
    assert {finding.entity_id for finding in findings} == {"kab-kediri"}


def test_same_agencies_on_both_levels_are_told_apart_by_their_last_word() -> None:
    linked = link("BPBD Jatim dan BPBD Lumajang turun. BPBD Lumajang mendata korban.")
    assert [f.entity_id for f in linked.findings] == ["bpbd", "kab-lumajang", "kab-lumajang"]
    assert [o.name for o in linked.others] == ["BPBD Lumajang", "BPBD Lumajang"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "(((", "Dinas", "Bakorwil", "Dinas Kesehatan (", "kota Kota kab"])
def test_a_fragment_does_no_harm(text: str) -> None:
    assert link(text).findings == ()
