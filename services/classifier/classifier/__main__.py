"""Command line of the classifier: run, analyse, train, evaluate."""

import argparse
import logging
import os
import sys
import time
from pathlib import Path

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
    if args.command == "train":
        return _train(args)
    return _evaluate(args)


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
    train.add_argument("--out", type=Path, required=True)
    evaluate = commands.add_parser("evaluate", help="print figures for labelled files of the data folder")
    evaluate.add_argument("files", type=Path, nargs="+")
    evaluate.add_argument("--models", type=Path, default=None, help="folder of the models")
    return parser


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
    from classifier.training.train import train  # noqa: PLC0415 - numpy reads its thread settings at import

    train(args.data, args.out)
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
