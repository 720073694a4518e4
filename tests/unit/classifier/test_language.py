"""Languages by function words."""

import pytest
from classifier.domain.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dinas itu akan memperbaiki jalan yang rusak dalam waktu dekat.", "id"),
        ("Dalan iki wis suwe rusak lan ora ana sing ndandani, aku sumelang banget.", "jv"),
        ("Engkok terro ngakan e dinna, polana kakananna nyaman ben bennyak.", "mad"),
        ("The governor said that the road will be repaired by the end of this year.", "en"),
        ("", "id"),
        ("12345 !!!", "id"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert language_of(text) == language
