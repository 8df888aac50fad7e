"""``rnnstudio cells worksheet``: sheets to be worked through by hand, their key, and Moodle's."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.cli.output_files import Writes
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.worksheets.gift import gift
from rnnstudio.core.worksheets.worksheet import MOST_SHEETS, worksheet


def add_parser(actions: Commands) -> None:
    """Add ``worksheet`` to the commands of ``cells``."""
    parser = actions.add_parser(
        "worksheet",
        help="write sheets with small numbers to be worked through by hand, and their key",
        description="Writes one A4 page for each seed: a cell of one unit with small numbers, "
        "forward and backward, with blanks to fill in. The key has the same pages filled in. "
        "A GIFT file makes questions of them in Moodle.",
    )
    parser.add_argument(
        "--cell", choices=CELLS, default="lstm", help="the kind of cell (default: %(default)s)"
    )
    parser.add_argument(
        "--seeds",
        metavar="A..B",
        default="1..30",
        help="a sheet for each of these numbers, at most 200 (default: %(default)s)",
    )
    parser.add_argument(
        "--steps",
        metavar="N",
        type=int,
        default=2,
        help="time steps, at most 3 (default: %(default)s)",
    )
    parser.add_argument("--pdf", metavar="FILE", type=Writes(), help="PDF file of the sheets")
    parser.add_argument("--key", metavar="FILE", type=Writes(), help="PDF file of the key")
    parser.add_argument("--gift", metavar="FILE", type=Writes(), help="GIFT file for Moodle")
    parser.add_argument(
        "--language",
        metavar="CODE",
        default=argparse.SUPPRESS,
        help="the language of the sheets, en or id (default: en)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write what is asked for."""
    wanted: dict[str, Path | None] = {
        "pdf": options.pdf,
        "key": options.key,
        "gift": options.gift,
    }
    if not any(wanted.values()):
        options.command.error("one of the arguments --pdf --key --gift is required")
    cell = CELLS[options.cell]
    sheets = [worksheet(cell, options.steps, seed) for seed in _seeds(options.seeds)]
    if options.gift is not None:
        write_atomically(options.gift, gift(sheets))
    if options.pdf is not None or options.key is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from rnnstudio.ui.application import make_application  # noqa: PLC0415 - no Qt for others
        from rnnstudio.ui.worksheets.worksheet_pdf import (  # noqa: PLC0415 - as above
            worksheet_pdf,
        )

        _app = make_application()
        if options.pdf is not None:
            write_atomically(options.pdf, worksheet_pdf(sheets, key=False))
        if options.key is not None:
            write_atomically(options.key, worksheet_pdf(sheets, key=True))
    if options.json:
        files = {name: str(path) for name, path in wanted.items() if path is not None}
        print_json({"sheets": len(sheets), "answers": len(sheets[0].asked), **files})
    else:
        say(
            Message.counted(
                "{n} sheet with {answers} numbers to work out.",
                "{n} sheets with {answers} numbers to work out on each.",
                len(sheets),
                answers=len(sheets[0].asked),
            )
        )
    return 0


def _seeds(text: str) -> range:
    found = re.fullmatch(r"(\d{1,6})(?:\.\.(\d{1,6}))?", text, re.ASCII)
    if found is None:
        raise UserError("{text!r} are no seeds such as 1..30.", text=text)
    first = int(found[1])
    seeds = range(first, int(found[2] or first) + 1)
    if not 1 <= len(seeds) <= MOST_SHEETS:
        raise UserError(
            "{text} are {found} sheets; there can be 1 to {most}.",
            text=text,
            found=len(seeds),
            most=MOST_SHEETS,
        )
    return seeds
