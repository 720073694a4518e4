"""A model goes live only by this explicit step: a candidate is tried, compared, copied whole, and can be taken back."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from classifier.adapters.linear import ModelError
from classifier.adapters.packaged import build_reader
from classifier.domain.article import ArticleText

HISTORY = "promotions.jsonl"
_PROBE = ArticleText("Dinkes Jatim siaga", "Dinas Kesehatan Jawa Timur menyiagakan puskesmas.")


@dataclass(frozen=True)
class Promotion:
    """What a promotion did: digests of both folders; `changed` is False when the candidate was live already."""

    before: str
    after: str
    changed: bool


def digest_of(folder: Path) -> str:
    """Return the digest of a folder's files, names and bytes, 12 hexadecimal digits; of none, an empty string."""
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not files:
        return ""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def promote(candidate: Path, live: Path, *, by: str, at: datetime) -> Promotion:
    """Make a candidate live; the folder that was live becomes `NAME.previous`, who and when go to the history.

    Raises ModelError when the candidate does not load or does not read, before anything is touched.
    """
    if not by.strip():
        raise ModelError("a promotion needs the name of who promotes: --by NAME")
    _try(candidate)
    before, after = digest_of(live), digest_of(candidate)
    if before == after:
        return Promotion(before, after, changed=False)
    fresh = live.with_name(f"{live.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(candidate, fresh)
    _swap(fresh, live)
    _remember(live, by=by, at=at, before=before, after=after, what="promoted")
    return Promotion(before, after, changed=True)


def take_back(live: Path, *, by: str, at: datetime) -> Promotion:
    """Make the previous folder live again, and the present one the previous. Raises ModelError when there is none."""
    previous = previous_of(live)
    if not digest_of(previous):
        raise ModelError(f"{previous} does not exist: nothing was promoted over {live}")
    _try(previous)
    before, after = digest_of(live), digest_of(previous)
    fresh = live.with_name(f"{live.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    previous.rename(fresh)
    _swap(fresh, live)
    _remember(live, by=by, at=at, before=before, after=after, what="taken back")
    return Promotion(before, after, changed=True)


def previous_of(live: Path) -> Path:
    """Return where the models that were live before lie."""
    return live.with_name(f"{live.name}.previous")


def _swap(fresh: Path, live: Path) -> None:
    previous = previous_of(live)
    shutil.rmtree(previous, ignore_errors=True)
    if live.exists():
        live.rename(previous)
    fresh.rename(live)


def _try(folder: Path) -> None:
    readings = list(build_reader(folder)[0].read([_PROBE]))
    if not any(mention.entity_id == "dinkes" for mention in readings[0].mentions):
        raise ModelError(f"the models in {folder} load, but do not read the probe sentence")


def _remember(live: Path, *, by: str, at: datetime, before: str, after: str, what: str) -> None:
    row = {"at": at.isoformat(timespec="seconds"), "by": by.strip(), "what": what, "before": before, "after": after}
    with live.with_name(HISTORY).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")
