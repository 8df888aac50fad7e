"""``rnnstudio names``: networks that learn to make names."""

from __future__ import annotations

from rnnstudio.cli import names_evaluate, names_replay, names_sample, names_train
from rnnstudio.cli.console import Commands


def add_parser(commands: Commands) -> None:
    """Add ``names`` and its commands."""
    parser = commands.add_parser("names", help="networks that learn to make names")
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (names_train, names_sample, names_replay, names_evaluate):
        module.add_parser(actions)
