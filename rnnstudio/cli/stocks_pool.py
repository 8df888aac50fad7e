"""The workers of a walk or a search: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from rnnstudio.cli.console import positive_int
from rnnstudio.core.stocks.validation.folds import Pool
from rnnstudio.workers.cluster import Cluster
from rnnstudio.workers.processes import Processes, usable_cores


def add_pool(parser: argparse.ArgumentParser) -> None:
    """Add the choice of workers."""
    group = parser.add_argument_group("workers")
    who = group.add_mutually_exclusive_group()
    who.add_argument(
        "--processes",
        metavar="N",
        type=positive_int,
        help="train in so many processes of this machine (default: one for each core)",
    )
    who.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="train on the Dask cluster whose scheduler is at this address, such as "
        "tcp://127.0.0.1:8786 (default: on this machine)",
    )


@contextmanager
def pool(args: argparse.Namespace) -> Iterator[Pool]:
    """The workers that ``args`` asks for; their log goes to standard error."""
    workers = (
        Processes(args.processes or usable_cores())
        if args.scheduler is None
        else Cluster(args.scheduler)
    )
    log, handler = logging.getLogger("rnnstudio.workers"), _BesideTheBar()
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        with workers:
            yield workers
    finally:
        log.setLevel(before)
        log.removeHandler(handler)


class _BesideTheBar(logging.Handler):
    """Prints each record as a line above the progress bar."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        tqdm.write(self.format(record), file=sys.stderr)
