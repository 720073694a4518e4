"""Words that point back mean the nearest earlier body of their type."""

import pytest
from classifier.adapters.packaged import packaged_linker


def named(text: str) -> list[tuple[str, str]]:
    linked = packaged_linker().link(text)
    return [(text[f.start : f.end], f.entity_id) for f in linked.findings if f.rule.value == "anaphor"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dinas Sosial Jatim hadir. Dinas tersebut diam.", [("Dinas tersebut", "dinsos")]),
        (
            "RSUD Dr Soetomo penuh. Rumah sakit pelat merah itu menambah ranjang.",
            [("Rumah sakit pelat merah itu", "rsud-soetomo")],
        ),
        ("BPBD Jatim siaga. Instansi ini mengirim perahu.", [("Instansi ini", "bpbd")]),
        ("Bappeda Jatim menyusun RKPD. Badan itu menolak kritik.", [("Badan itu", "bappeda")]),
        ("Dinas Sosial Jatim hadir. Rumah sakit itu diam.", []),
        ("Dinas Sosial Kabupaten Sampang lambat. Dinas tersebut dikritik.", []),
        ("Dinas Sosial Jatim hadir. RSUD Bangil penuh. Rumah sakit itu tutup.", []),
        ("Dinas Sosial Jatim hadir. Satu. Dua. Tiga. Dinas itu diam.", []),
        ("Dinas itu diam. Dinas Sosial Jatim hadir.", []),
    ],
)
def test_what_a_pointing_word_means(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_naming_alone_leaves_pointing_words_to_coreference() -> None:
    linker = packaged_linker()
    first = linker.name("Dinas Sosial Jatim hadir. Dinas tersebut diam.")
    assert [f.entity_id for f in first.findings] == ["dinsos"]
    assert [f.entity_id for f in linker.resolve(first).findings] == ["dinsos", "dinsos"]
