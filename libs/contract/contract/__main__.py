"""Keeps what is derived from the contract current: `python -m contract schemas|topics --write|--check`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from contract.documents import Document, outdated, schema_documents, topics_document, write

SCHEMAS_FOLDER = Path(__file__).with_name("schemas")
DOCS_FOLDER = Path(__file__).resolve().parents[3] / "docs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; return 1 when a check finds a copy that is not current."""
    parser = argparse.ArgumentParser(prog="python -m contract", description=__doc__)
    parser.add_argument("what", choices=["schemas", "topics"])
    parser.add_argument("--folder", type=Path, help="where the files lie, if not in their place in the repository")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--write", action="store_true", help="write what is not current")
    how.add_argument("--check", action="store_true", help="say what is not current and end with 1")
    chosen = parser.parse_args(arguments)
    documents, folder = _what(chosen.what)
    folder = chosen.folder or folder
    if chosen.write:
        for path in write(documents, folder):
            print(f"wrote {folder / path}")
        return 0
    stale = outdated(documents, folder)
    for path in stale:
        print(f"{folder / path} is not current; run: python -m contract {chosen.what} --write", file=sys.stderr)
    return 1 if stale else 0


def _what(name: str) -> tuple[tuple[Document, ...], Path]:
    if name == "schemas":
        return schema_documents(), SCHEMAS_FOLDER
    return (topics_document(),), DOCS_FOLDER


if __name__ == "__main__":
    sys.exit(main())
