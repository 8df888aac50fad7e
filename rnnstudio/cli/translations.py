"""``rnnstudio translations``: whether every sentence has its translation."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.core.language import DOMAIN, NAMES
from rnnstudio.core.messages import Message
from rnnstudio.paths import resource_file

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")


def add_parser(commands: Commands) -> None:
    """Add ``translations``."""
    parser = commands.add_parser("translations", help="look after the languages")
    actions = parser.add_subparsers(metavar="COMMAND", required=True)
    check = actions.add_parser(
        "check",
        help="count sentences that lack a translation, or whose translation does not fit",
        description="Counts the sentences without a translation, those whose translation was only "
        "guessed from a similar sentence, and those whose placeholders differ from the original's. "
        "The exit status is 1 where a translation is guessed or does not fit.",
    )
    check.add_argument("--json", action="store_true", help="print one JSON object (default: lines)")
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Print what the catalogues lack."""
    found = checked({code: catalogue_file(code) for code in NAMES if code != "en"})
    if options.json:
        print_json(found)
    else:
        for code, number in found["untranslated"].items():
            values = {"language": NAMES[code], "missing": number, "messages": found["messages"]}
            say(
                Message(
                    "{language}: {missing} of {messages} sentences have no translation.", values
                )
            )
        values = {"fuzzy": found["fuzzy"], "placeholders": found["placeholders"]}
        say(Message("Guessed: {fuzzy}. With other placeholders: {placeholders}.", values))
    return int(found["fuzzy"] + found["placeholders"] > 0)


def catalogue_file(code: str) -> Path:
    """The catalogue of the language ``code`` as it is edited."""
    return resource_file(f"locale/{code}/LC_MESSAGES/{DOMAIN}.po")


def checked(files: dict[str, Path]) -> dict[str, Any]:
    """Number of messages, and of those untranslated (by language), fuzzy, or not fitting."""
    from babel.messages.pofile import read_po

    catalogues = {}
    for code, file in files.items():
        with file.open("rb") as stream:
            catalogues[code] = read_po(stream, locale=code)
    return {
        "messages": max(len(catalogue) for catalogue in catalogues.values()),
        "untranslated": {code: _untranslated(one) for code, one in catalogues.items()},
        "fuzzy": sum(message.fuzzy for one in catalogues.values() for message in one if message.id),
        "placeholders": sum(_misfits(one) for one in catalogues.values()),
    }


def _untranslated(catalogue: Catalog) -> int:
    return sum(not all(forms(message.string or "")) for message in catalogue if message.id)


def _misfits(catalogue: Catalog) -> int:
    """How many translations have other placeholders than their sentence."""
    found = 0
    for message in catalogue:
        if message.id:
            wanted = {_placeholders(form) for form in forms(message.id)}
            given = {_placeholders(form) for form in forms(message.string or "") if form}
            found += not given <= wanted
    return found


def forms(texts: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Singular and plurals, or the one text."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _placeholders(template: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(template.replace("{{", "").replace("}}", "")))
