"""`python -m classifier analyse`: reads rows from a file and writes a reading for each, without Kafka.

A row that cannot be read gives `{"error": …}` in its place and a line on standard error; the rest is done.
"""

import codecs
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from contract.messages import MAX_TEXT_CHARS, Reading

from classifier.adapters.packaged import build_reader
from classifier.adapters.pipeline import Reader
from classifier.domain.article import ArticleText
from classifier.domain.quotes import foreign_quotes

CHUNK_ROWS = 128


@dataclass(frozen=True, slots=True)
class Row:
    """One input row: what it asks, or why it cannot be read."""

    number: int
    raw: dict[str, Any]
    article: ArticleText | None = None
    targets: tuple[tuple[int, int], ...] = ()
    error: str | None = None


def parse_row(number: int, line: bytes) -> Row:
    """Return the row of one line; its `error` says what is wrong with it."""
    raw: Any = None
    try:
        raw = _json(line)
        article, targets = _asked(raw)
    except ValueError as error:
        return Row(number, raw if isinstance(raw, dict) else {}, error=str(error))
    return Row(number, raw, article, targets)


def _json(line: bytes) -> Any:
    """Return what a line of JSON says. Raises ValueError saying why it says nothing."""
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte {error.start + 1} of the line is 0x{line[error.start]:02x}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deep") from error


def _asked(raw: Any) -> tuple[ArticleText, tuple[tuple[int, int], ...]]:
    """Return article and targets of a row. Raises ValueError saying what is wrong."""
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one error class for a bad row
    if not raw.keys() & {"title", "text", "lead"}:
        raise ValueError('neither "title" nor "text"')
    title = raw.get("title") or ""
    text = raw["text"] if raw.get("text") is not None else raw.get("lead") or ""
    if not isinstance(title, str) or not isinstance(text, str):
        raise ValueError('"title" and "text" must be strings')  # noqa: TRY004 - same
    if len(text) > MAX_TEXT_CHARS:
        raise ValueError(f'"text" has {len(text)} characters, more than {MAX_TEXT_CHARS}')
    return ArticleText(_whole(title), _whole(text)), _targets(raw.get("targets") or [], len(text))


def _whole(text: str) -> str:
    """Return a text with U+FFFD for half of a letter, as one has that was cut inside an emoji; offsets stay."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _targets(raw: Any, n_chars: int) -> tuple[tuple[int, int], ...]:
    if not isinstance(raw, list):
        raise ValueError('"targets" must be a list')  # noqa: TRY004 - one error class for a bad row
    out: list[tuple[int, int]] = []
    for item in raw:
        start, end = (item.get("start"), item.get("end")) if isinstance(item, dict) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= n_chars:
            raise ValueError(f"target {item!r} is no span of the text, which has {n_chars} characters")
        out.append((start, end))
    return tuple(out)


def analyse(source: Path, out: Path, *, models: Path | None = None, errors: TextIO | None = None) -> tuple[int, int]:
    """Read every row of `source` and write `out`; return how many could not be read, and how many there are.

    Raises OSError, also when both are the same file: it would be emptied before it is read.
    """
    if out.exists() and out.samefile(source):
        raise OSError(f"{out} is the input itself; name another file for the output")
    reader, _ = build_reader(models)
    n_bad = n_rows = 0
    with source.open("rb") as lines, out.open("w", encoding="utf-8", errors="backslashreplace") as sink:
        for chunk in _chunks(enumerate(lines, start=1)):
            n_rows += len(chunk)
            for row, answer in zip(chunk, answers(chunk, reader), strict=True):
                if row.error is not None:
                    n_bad += 1
                    print(f"{source}: line {row.number}: {row.error}", file=errors or sys.stderr)
                sink.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return n_bad, n_rows


def _chunks(lines: Iterable[tuple[int, bytes]]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for number, numbered in lines:
        line = numbered.removeprefix(codecs.BOM_UTF8) if number == 1 else numbered
        if line.strip():
            chunk.append(parse_row(number, line))
        if len(chunk) >= CHUNK_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def answers(rows: Sequence[Row], reader: Reader) -> list[dict[str, Any]]:
    """Return one answer for each row, in order."""
    readings = iter(reader.read(row.article for row in rows if row.article is not None))
    asked = [
        (row.article, row.article.text_starts + start, row.article.text_starts + end)
        for row in rows
        if row.article is not None
        for start, end in row.targets
    ]
    judged = iter(reader.judge_spans(asked))
    out: list[dict[str, Any]] = []
    for row in rows:
        if row.article is None:
            out.append({**_identity(row), "error": row.error})
            continue
        answer = {**_identity(row), **as_row(next(readings), row.article)}
        answer["targets"] = [
            {"start": start, "end": end, "sentiment": judgement.label.value, "score": round(judgement.score, 4)}
            for (start, end), judgement in ((span, next(judged)) for span in row.targets)
        ]
        out.append(answer)
    return out


def _identity(row: Row) -> dict[str, Any]:
    return {"id": row.raw["id"]} if "id" in row.raw else {}


def as_row(reading: Reading, article: ArticleText) -> dict[str, Any]:
    """Return a reading in the form of an output row."""
    full = reading.model_dump(mode="json")
    return {
        "tone": full["tone"],
        "language": full["language"],
        "quote_languages": sorted({quote.language for quote in foreign_quotes(article.text)}),
        "quotes": full["quotes"],
        "mentions": [{"id": mention.pop("entity_id"), **mention} for mention in full["mentions"]],
        "targets": [],
        "categories": full["categories"],
        "severity": full["severity"],
        "severity_reason": full["severity_reason"],
        "others": full["others"],
        "suggestions": full["suggestions"],
        "model": full["model"],
    }
