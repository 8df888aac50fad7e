"""All commands there are, from the parser itself."""

from __future__ import annotations

from collections.abc import Iterator

from rnnstudio.cli.parser import Parser


def leaves(parser: Parser, *path: str) -> Iterator[tuple[tuple[str, ...], Parser]]:
    """Every command with the words that call it."""
    inner = [each for each in parser.actions if each.nargs == "A..."]
    if not inner:
        yield path, parser
    for action in inner:
        assert isinstance(action.choices, dict)
        for name, command in action.choices.items():
            yield from leaves(command, *path, name)
