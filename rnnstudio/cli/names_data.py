"""Options that name a list of names and say how to read it."""

from __future__ import annotations

import argparse

from rnnstudio.cli.files import Reads
from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.report import ReadOptions

_HANDLINGS = ("keep", "fold", "refuse")
_DEFAULTS = ReadOptions()


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add ``--names``, ``--capitals`` and ``--accents``."""
    group = parser.add_argument_group("names")
    group.add_argument(
        "--names",
        metavar="FILE",
        type=Reads(),
        help="text file of names, one a line (default: the shipped dinosaurs)",
    )
    group.add_argument(
        "--capitals",
        choices=_HANDLINGS,
        default=_DEFAULTS.capitals,
        help="what to do with capitals; fold makes them small (default: %(default)s)",
    )
    group.add_argument(
        "--accents",
        choices=_HANDLINGS,
        default=_DEFAULTS.accents,
        help="what to do with accents; fold takes them off (default: %(default)s)",
    )


def read_data(options: argparse.Namespace) -> Corpus:
    """The list that ``options`` name, read as they say."""
    path = SHIPPED if options.names is None else options.names
    return read_corpus(path, ReadOptions(options.capitals, options.accents))


def what_was_found(corpus: Corpus) -> list[str]:
    """What the reader did to the lines of the file, in sentences; nothing where it did nothing."""
    return [] if corpus.report is None else list(corpus.report.sentences()[1:])
