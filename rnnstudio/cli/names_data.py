"""Options that name a list of names and say how to read it."""

from __future__ import annotations

import argparse

from rnnstudio.cli.output_files import Reads
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.report import ReadOptions

_HANDLINGS = ("keep", "fold", "refuse")
_DEFAULTS = ReadOptions()


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add ``--names``, ``--capitals``, ``--accents``, ``--column`` and ``--encoding``."""
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
        help="what to do with accents; fold takes them off: ł becomes l (default: %(default)s)",
    )
    group.add_argument(
        "--column",
        metavar="NAME|NUMBER",
        help="the column of a table that holds the names, by its name or its number from 1; 0 "
        "takes whole lines, whatever they look like (default: the only one there is)",
    )
    group.add_argument(
        "--encoding",
        metavar="NAME",
        help="the encoding of the file, such as windows-1251 or gbk (default: as the file has it)",
    )


def read_data(options: argparse.Namespace) -> Corpus:
    """The list that ``options`` name, read as they say."""
    path = SHIPPED if options.names is None else options.names
    return read_corpus(
        path,
        ReadOptions(options.capitals, options.accents, options.column, options.encoding),
    )


def reading_messages(corpus: Corpus) -> list[Message]:
    """The file's encoding and what the reader did to its lines, in sentences."""
    return [] if corpus.report is None else list(corpus.report.messages())
