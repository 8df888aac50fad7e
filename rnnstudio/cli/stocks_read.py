"""``rnnstudio stocks read``: what is in a CSV file of prices, and what was found in it."""

from __future__ import annotations

import argparse
from typing import Any

from rnnstudio.cli.console import Commands, print_json, say, watch
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.core import language
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import (
    CALENDARS,
    CANONICAL,
    DAY_NUMBERS,
    UNDOABLE,
    CsvOptions,
    Decimal,
    Finding,
    Reading,
    to_csv,
)
from rnnstudio.core.stocks.data.csv_import.reading_task import read_in_steps
from rnnstudio.core.training import Control

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_DECIMALS: dict[str, Decimal] = {"point": ".", "comma": ",", ".": ".", ",": ","}


def add_parser(commands: Commands) -> None:
    """Add ``read`` to the commands of ``stocks``."""
    read = commands.add_parser(
        "read",
        help="read a CSV file of prices and say what was found in it",
        description="Read a CSV file of prices in whatever dialect it is written, and report what "
        "was found. Options decide what the file leaves open.",
    )
    read.add_argument("file", metavar="FILE", type=Reads(), help="CSV file of prices")
    add_decisions(read)
    _add_output(read)
    read.set_defaults(run=run_read)


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """Add the options that decide what a file leaves open."""
    _add_dialect(parser)
    _add_table(parser)


def _add_dialect(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how the file is written (default: what it shows)")
    order = group.add_mutually_exclusive_group()
    for name, value, meaning in (
        ("day", "dmy", Message("01/02/2019 is 1 February 2019")),
        ("month", "mdy", Message("01/02/2019 is 2 January 2019")),
        ("year", "ymd", Message("19/02/01 is 1 February 2019")),
    ):
        order.add_argument(
            f"--{name}-first",
            dest="date_order",
            action="store_const",
            const=value,
            help=language.text(meaning),
        )
    group.add_argument(
        "--decimal",
        choices=tuple(_DECIMALS),
        help="the decimal mark; the other one, a space or ' stands between thousands",
    )
    group.add_argument("--delimiter", choices=tuple(_DELIMITERS), help="what separates the cells")
    group.add_argument(
        "--encoding", metavar="NAME", help="such as utf-8, cp1252, gb18030, big5 or shift_jis"
    )
    group.add_argument(
        "--calendar",
        choices=CALENDARS,
        help="of the years: gregorian, buddhist (Thailand: 2563 is 2020), roc (Taiwan: 109 is "
        "2020) or jalali (Iran: 1399 is 2020)",
    )
    group.add_argument(
        "--day-numbers",
        choices=DAY_NUMBERS,
        help="the year that dates written as numbers of days are counted from",
    )


def _add_table(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("table in the file")
    header = group.add_mutually_exclusive_group()
    header.add_argument(
        "--header", metavar="ROW", type=int, help="row that names the columns, counted from 1"
    )
    header.add_argument(
        "--no-header", dest="header", action="store_const", const=0, help="no row names the columns"
    )
    group.add_argument(
        "--column",
        metavar="NAME=COLUMN",
        type=_pair,
        action="append",
        default=[],
        help=language.text(
            Message(
                "what a column is, by its name in the file or its number, such as Close=Price, or "
                "'Adj Close=' where the file has none: {names} (may be given several times; "
                "default: what the file shows)",
                {"names": ", ".join(("Date", *CANONICAL))},
            )
        ),
    )
    group.add_argument(
        "--rows",
        metavar="COLUMN=CELL",
        type=_row,
        action="append",
        default=[],
        help="which rows to read where a column names several securities, such as Series=EQ, or "
        "'Series=*' where all rows are of one (may be given several times; default: all rows, if "
        "they are of one security)",
    )
    group.add_argument(
        "--undo",
        metavar="KIND",
        choices=UNDOABLE,
        action="append",
        default=[],
        help=language.text(
            Message(
                "do the other thing about a finding of this kind (may be given several times; "
                "default: none): {kinds}",
                {"kinds": ", ".join(UNDOABLE)},
            )
        ),
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--csv", metavar="OUT", type=Writes(), help="also write the table that was understood"
    )
    group.add_argument(
        "--json", action="store_true", help="print the report as JSON (default: as sentences)"
    )


def run_read(args: argparse.Namespace) -> int:
    """Read, write and print what ``args`` asks for."""
    result, _ = watch(read_in_steps(args.file, decisions(args), Control()), "reading")
    reading: Reading = result
    if args.csv is not None:
        write_atomically(args.csv, to_csv(reading))
    if args.json:
        print_json(to_json(reading))
    else:
        for line in sentences(reading):
            say(line)
    return 0


def decisions(args: argparse.Namespace) -> CsvOptions:
    """What the options of ``add_decisions`` say; raises UserError if that cannot be."""
    return CsvOptions(
        encoding=args.encoding,
        delimiter=_DELIMITERS.get(args.delimiter),
        decimal=_DECIMALS.get(args.decimal),
        date_order=args.date_order,
        header=args.header,
        columns=tuple(args.column),
        calendar=args.calendar,
        day_numbers=args.day_numbers,
        rows=tuple(args.rows),
        undo=frozenset(args.undo),
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, column = text.partition("=")
    known = {each.lower(): each for each in ("Date", *CANONICAL)}
    named = known.get(name.strip().lower(), "")
    if not equals or not named or not (column or named in CANONICAL):
        wrong = Message(
            "{text!r} is not like Close=Price; names: {names}",
            {"text": text, "names": ", ".join(("Date", *CANONICAL))},
        )
        raise argparse.ArgumentTypeError(language.text(wrong))
    return named, column


def _row(text: str) -> tuple[str, str]:
    column, equals, cell = text.rpartition("=")
    if not equals or not column:
        wrong = Message("{text!r} is not like Series=EQ", {"text": text})
        raise argparse.ArgumentTypeError(language.text(wrong))
    return column, cell


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain data."""
    dates, dialect = reading.timestamps, reading.dialect
    return {
        "source": reading.table.source,
        "rows": reading.table.rows,
        "columns": list(reading.table.names),
        "preferred": reading.preferred,
        "first": dates[0],
        "last": dates[-1],
        "findings": [
            {
                "kind": finding.kind,
                "rows": list(finding.rows),
                "action": str(finding.action),
                "undo": f"--undo {finding.kind}" if finding.undoable else None,
            }
            for finding in reading.findings
        ],
        "dialect": {
            "encoding": dialect.encoding,
            "delimiter": dialect.delimiter,
            "decimal": dialect.decimal,
            "dates": str(dialect.date_form),
            "header": dialect.header,
        },
    }


def sentences(reading: Reading) -> list[str]:
    """The reading in words: the table, then a line for each finding."""
    table, dates = reading.table, reading.timestamps
    whole = Message(
        "{source}: {rows:n} rows from {first} to {last}: {columns}.",
        {
            "source": table.source,
            "rows": table.rows,
            "first": dates[0],
            "last": dates[-1],
            "columns": ", ".join(table.names),
        },
    )
    return [language.text(whole), *map(_line, reading.findings)]


def _line(finding: Finding) -> str:
    parts = [f"{finding.kind}:", language.text(finding.action)]
    if finding.rows:
        rows = ", ".join(map(str, finding.rows[:10])) + (", ..." if len(finding.rows) > 10 else "")
        where = Message.counted("(row {rows})", "(rows {rows})", len(finding.rows), rows=rows)
        parts.append(language.text(where))
    if finding.undoable:
        parts.append(language.text(Message("Otherwise: --undo {kind}.", {"kind": finding.kind})))
    return " ".join(parts)
