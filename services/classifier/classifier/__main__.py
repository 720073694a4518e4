"""Command line of the classifier: run, analyse, train, method, flips, promote, docbin, evaluate."""

import argparse
import json
import logging
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main(argv: list[str] | None = None) -> int:
    """Run a command; return its exit code: 2 for wrong settings, models, data or files."""
    args = _parser().parse_args(argv)
    from classifier.adapters.linear import ModelError  # noqa: PLC0415 - numpy reads its thread settings at import
    from classifier.training.data import DataError  # noqa: PLC0415 - same

    try:
        return _dispatch(args)
    except (ModelError, DataError, ValidationError, OSError) as error:
        print(f"python -m classifier {args.command}: {error}", file=sys.stderr)
        return 2


def _dispatch(args: argparse.Namespace) -> int:
    if args.command == "run":
        return _run()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    if args.command == "analyse":
        return _analyse(args)
    commands = {
        "train": _train,
        "method": _method,
        "flips": _flips,
        "promote": _promote,
        "docbin": _docbin,
        "evaluate": _evaluate,
    }
    return commands[args.command](args)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m classifier", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="read articles from Kafka until stopped")
    analyse = commands.add_parser("analyse", help="read rows of a JSON-lines file, without Kafka")
    analyse.add_argument("source", type=Path)
    analyse.add_argument("out", type=Path)
    analyse.add_argument("--models", type=Path, default=None, help="folder of the models")
    train = commands.add_parser("train", help="build the models from labelled news")
    train.add_argument("--data", type=Path, required=True)
    train.add_argument("--out", type=Path, required=True, help="folder of the candidate")
    train.add_argument(
        "--corrections", type=Path, help="what people corrected, as `python -m search corrections` writes"
    )
    train.add_argument("--encoder", type=Path, help="take the encoder of this folder instead of teaching one")
    train.add_argument("--processes", type=int, default=0, help="encoders taught at once; 0: one per processor")
    train.add_argument("--compare", type=Path, nargs="*", default=[], help="files of articles to print the flips on")
    method = commands.add_parser("method", help="train and test the same method on SmSA, where others gave figures")
    method.add_argument("--data", type=Path, required=True)
    _add_flips_parser(commands)
    _add_promote_parser(commands)
    docbin = commands.add_parser("docbin", help="write labelled rows as a spaCy DocBin")
    docbin.add_argument("files", type=Path, nargs="+", help="rows of linking/ or windows of news/target.jsonl")
    docbin.add_argument("--out", type=Path, required=True)
    evaluate = commands.add_parser("evaluate", help="print figures for labelled files of the data folder")
    evaluate.add_argument("files", type=Path, nargs="+")
    evaluate.add_argument("--models", type=Path, default=None, help="folder of the models")
    return parser


def _add_flips_parser(commands: Any) -> None:
    flips = commands.add_parser("flips", help="print what another folder of models reads differently, per agency")
    flips.add_argument("new", type=Path, help="folder of the candidate")
    flips.add_argument("files", type=Path, nargs="+", help="JSON lines with title and text")
    flips.add_argument("--old", type=Path, default=None, help="folder to compare with; the packaged models if left out")
    flips.add_argument("--out", type=Path, default=None, help="also write every flip here, as JSON lines")


def _add_promote_parser(commands: Any) -> None:
    promote = commands.add_parser("promote", help="make a candidate live, or take the last promotion back")
    what = promote.add_mutually_exclusive_group(required=True)
    what.add_argument("candidate", type=Path, nargs="?", help="folder of the candidate")
    what.add_argument("--back", action="store_true", help="the models that were live before become live again")
    promote.add_argument("--by", required=True, help="who promotes; kept with the time")
    promote.add_argument(
        "--live", type=Path, default=None, help="folder of the live models; the packaged ones if left out"
    )


def _run() -> int:
    from contract.outcomes import Service  # noqa: PLC0415 - analyse and train need no stream runtime
    from runtime.logs import configure_logging  # noqa: PLC0415 - same

    from classifier.app import run  # noqa: PLC0415 - same
    from classifier.settings import ClassifierSettings  # noqa: PLC0415 - same

    settings = ClassifierSettings()
    configure_logging(Service.CLASSIFIER, level=settings.log_level, format_=settings.log_format)
    return run(settings)


def _analyse(args: argparse.Namespace) -> int:
    from classifier.analyse import analyse  # noqa: PLC0415 - numpy reads its thread settings at import

    begun = time.perf_counter()
    n_bad, n_rows = analyse(args.source, args.out, models=args.models)
    took_s = time.perf_counter() - begun
    print(f"{n_rows} rows, {n_bad} with errors, {took_s:.1f} s", file=sys.stderr)
    return 1 if n_bad else 0


def _train(args: argparse.Namespace) -> int:
    from classifier.training.train import Course, train  # noqa: PLC0415 - numpy reads its thread settings at import

    train(args.data, args.out, Course(args.corrections, args.encoder, args.processes))
    if args.compare:
        print(_flips_text(args.compare, None, args.out, None))
    return 0


def _method(args: argparse.Namespace) -> int:
    from classifier.training.method import check_method  # noqa: PLC0415 - numpy reads its thread settings at import

    print(check_method(args.data))
    return 0


def _flips(args: argparse.Namespace) -> int:
    print(_flips_text(args.files, args.old, args.new, args.out))
    return 0


def _flips_text(files: list[Path], old: Path | None, new: Path, out: Path | None) -> str:
    from classifier.training.flips import compare_folders, describe  # noqa: PLC0415 - numpy reads its threads at import

    report = compare_folders(files, old, new)
    if out is not None:
        rows = [flip.as_row() for flips in report.flips.values() for flip in flips]
        out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return describe(report)


def _promote(args: argparse.Namespace) -> int:
    from classifier.adapters.packaged import models_folder  # noqa: PLC0415 - numpy reads its thread settings at import
    from classifier.training.promote import previous_of, promote, take_back  # noqa: PLC0415 - same

    live, now = args.live or models_folder(), datetime.now(UTC)
    done = take_back(live, by=args.by, at=now) if args.back else promote(args.candidate, live, by=args.by, at=now)
    if not done.changed:
        print(f"{live} already has these models ({done.after}); nothing changed")
        return 0
    print(f"{live}: {done.before or 'none'} -> {done.after}; the models before lie in {previous_of(live)}")
    print("a running classifier reads with the models of its start: restart it, and raise the generation to read again")
    return 0


def _docbin(args: argparse.Namespace) -> int:
    from classifier.adapters.docbin import to_docbin  # noqa: PLC0415 - numpy reads its thread settings at import
    from classifier.training.data import read_rows  # noqa: PLC0415 - same

    docs = to_docbin(row for path in args.files for _, row in read_rows(path))
    docs.to_disk(args.out)
    print(f"{args.out}: {len(docs)} docs")
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from classifier.training.evaluate import evaluate_file  # noqa: PLC0415 - numpy reads its thread settings at import

    for path in args.files:
        print(evaluate_file(path, args.models))
    return 0


if __name__ == "__main__":
    # More threads would make sums, and so the trained weights, depend on the machine.
    os.environ.update(_ONE_THREAD)
    sys.exit(main())
