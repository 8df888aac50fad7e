"""What a release says of itself, from the one place that knows: the package and the changelog.

``release.py version`` prints the version, ``release.py notes`` what changed in it, and
``release.py check v0.1.0`` ends with status 1 and a sentence unless the tag, the version and the
changelog agree. Needs only the standard library.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names; 0 when done, 1 when something does not agree, else 2."""
    match arguments:
        case ["version"]:
            print(version())
        case ["notes"]:
            print(notes(version()))
        case ["check", tag]:
            return _check(tag)
        case _:
            print("Usage: release.py version | notes | check TAG", file=sys.stderr)
            return 2
    return 0


def version() -> str:
    """The version in ``rnnstudio/__init__.py``, which wheel, bundle and window take theirs from."""
    text = (ROOT / "rnnstudio" / "__init__.py").read_text("utf-8")
    [found] = re.findall(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    return found


def notes(number: str) -> str:
    """What CHANGELOG.md says of the version ``number``; empty where it has no such heading."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        if heading.split(" - ")[0].strip("[]") == number:
            return body.strip()
    return ""


def _check(tag: str) -> int:
    number = version()
    if tag != f"v{number}":
        print(f"The tag is {tag}, but rnnstudio/__init__.py says {number}.", file=sys.stderr)
        return 1
    if not notes(number):
        print(f"CHANGELOG.md has no heading for {number} with a line below it.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
