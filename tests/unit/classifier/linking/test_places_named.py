"""Which places a text names: twins, pairs, seats, namesakes, glued words."""

import pytest
from classifier.adapters.packaged import packaged_linker


def places(text: str) -> set[str]:
    return {f.entity_id for f in packaged_linker().link(text).findings}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bupati dan Wali Kota Pasuruan bertemu.", "kab-pasuruan kota-pasuruan"),
        ("Kabupaten/Kota Probolinggo hujan.", "kab-probolinggo kota-probolinggo"),
        ("Blitar, Kediri, baik kota maupun kabupaten, hujan.", "kab-blitar kota-blitar kab-kediri kota-kediri"),
        ("Suara di Jatim. Blitar: 10 Kota Blitar: 20", "kab-blitar kota-blitar"),
        ("Kapolres Kediri Kota hadir.", "kota-kediri"),
        ("Warga Caruban mengungsi.", "kab-madiun"),
        ("Kiai asal LamonganKH Fulan hadir.", "kab-lamongan"),
        ("Suara 32.512Kota Batu: 10", "kota-batu"),
        ("Kecamatan Jombang, Kabupaten Jember, banjir.", "kab-jember"),
        ("Malang, kakek itu tak tertolong.", ""),
        ("SDN Kediri di Banyumas, Jawa Tengah, tutup.", ""),
        ("KRI Surabaya bersandar di Ambon.", ""),
        ("Bupati Sampang menerima Bupati Cilacap.", "kab-sampang"),
        ("Surabayalah tujuannya.", "kota-surabaya"),
        ("Malangnya, ia terlambat.", ""),
        ("warga gresik dan kota malang resah, nasib malang", "kab-gresik kota-malang"),
    ],
)
def test_a_sentence_names_exactly_these_places(text: str, expected: str) -> None:
    assert places(text) == set(expected.split())


def test_a_soft_hyphen_does_not_hide_a_name() -> None:
    assert places("Dinas Kese\u00adhatan Jawa Ti\u00admur siaga.") == {"dinkes"}
