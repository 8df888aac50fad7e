"""``rnnstudio cells``; ``cells verify``: the document's printed figures beside computed ones."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from rnnstudio.cli import cells_diagnose, cells_worksheet
from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.core.cells.published import Figure, verify
from rnnstudio.core.messages import Message


def add_parser(commands: Commands) -> None:
    """Add ``cells`` and its commands."""
    parser = commands.add_parser("cells", help="the textbook cells")
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    action = actions.add_parser(
        "verify",
        help="compute every figure printed in the source document and compare",
        description="Computes every figure printed in the source document. "
        "Exit status 1 if one of them fails.",
    )
    action.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    action.set_defaults(run=run)
    cells_diagnose.add_parsers(actions)
    cells_worksheet.add_parser(actions)


def run(options: argparse.Namespace) -> int:
    """Print each figure: printed, computed, difference."""
    figures = verify()
    passed = sum(figure.ok for figure in figures)
    if options.json:
        print_json(
            {
                "passed": passed,
                "total": len(figures),
                "figures": [asdict(figure) for figure in figures],
            }
        )
    else:
        for figure in figures:
            say(_line(figure))
        say(
            Message(
                "{passed} of {total} figures reproduce.",
                {"passed": passed, "total": len(figures)},
            )
        )
    return 0 if passed == len(figures) else 1


def _line(figure: Figure) -> Message:
    values = {
        "verdict": "ok  " if figure.ok else "FAIL",
        "name": f"{figure.function}: {figure.name}",
        "difference": figure.difference,
        "printed": str(figure.printed),
        "computed": str(figure.computed),
    }
    return Message(
        "{verdict} {name:40} difference {difference:.1e}\n"
        "     printed  {printed}\n"
        "     computed {computed}",
        values,
    )
