"""The committed schemas and examples say what the code says."""

import json
from pathlib import Path

import contract
import jsonschema
import pytest
from contract.__main__ import main
from contract.codec import MESSAGE_TYPES, decode, encode
from contract.documents import SCHEMA_DIALECT, outdated, schema_documents, topics_document
from contract.topics import all_cards

PACKAGE = Path(contract.__file__).parent
EXAMPLES = sorted((PACKAGE / "examples").glob("*/*.json"))
BY_NAME = {kind.__name__: kind for kind in MESSAGE_TYPES.values()}


def schema_of(name: str) -> dict[str, object]:
    return json.loads((PACKAGE / "schemas" / f"{name}.v1.json").read_text(encoding="utf-8"))


def test_the_committed_schemas_are_current():
    assert outdated(schema_documents(), PACKAGE / "schemas") == []


def test_no_schema_is_left_over_from_a_message_that_went():
    assert {path.name for path in (PACKAGE / "schemas").iterdir()} == {one.path for one in schema_documents()}


def test_the_page_of_topics_is_current(root: Path):
    assert outdated([topics_document()], root / "docs") == []


def test_the_page_of_topics_names_every_topic():
    for card in all_cards():
        assert f"`{card.topic}`" in topics_document().text


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_message_has_two_examples_at_least(name):
    assert len([path for path in EXAMPLES if path.parent.name == name]) >= 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_example_is_a_message_and_comes_back_as_it_went(path: Path):
    kind = BY_NAME[path.parent.name]
    message = decode(path.read_bytes(), kind)
    assert json.loads(encode(message)) == json.loads(path.read_bytes())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_example_keeps_its_schema(path: Path):
    jsonschema.validate(json.loads(path.read_bytes()), schema_of(path.parent.name))


def test_a_schema_refuses_what_the_code_refuses():
    broken = json.loads((PACKAGE / "examples/ArticleCollected/keluhan-antrean.json").read_bytes())
    broken["article"]["revision"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema_of("ArticleCollected"))


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_schema_is_a_valid_schema_of_its_dialect(name):
    schema = schema_of(name)
    assert schema["$schema"] == SCHEMA_DIALECT
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_spans_of_examples_point_at_the_words():
    for path in (PACKAGE / "examples" / "ArticleClassified").glob("*.json"):
        message = json.loads(path.read_bytes())
        for mention in message["reading"]["mentions"]:
            text = message["article"][mention["field"]]
            assert text[mention["start"] : mention["end"]] == mention["text"], path.name
            assert mention["evidence"] in text, path.name


def test_a_check_finds_what_is_not_current_and_write_mends_it(tmp_path: Path, capsys):
    assert main(["schemas", "--check", "--folder", str(tmp_path)]) == 1
    assert "AlertRaised.v1.json is not current; run: python -m contract schemas --write" in capsys.readouterr().err
    assert main(["schemas", "--write", "--folder", str(tmp_path)]) == 0
    assert main(["schemas", "--check", "--folder", str(tmp_path)]) == 0
    (tmp_path / "LetterDied.v1.json").write_text("{}")
    assert main(["schemas", "--check", "--folder", str(tmp_path)]) == 1
    assert "LetterDied" in capsys.readouterr().err
