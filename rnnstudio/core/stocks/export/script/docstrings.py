"""What the functions of a script say of themselves, in the language that is spoken."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from rnnstudio.core import language

_DOCSTRING = re.compile(r'^( *)"""(.+?)"""$', re.MULTILINE | re.DOTALL)
_WIDTH = 100


def paragraphs(program: str) -> Iterator[str]:
    """Each paragraph of each docstring, on one line."""
    for docstring in _DOCSTRING.finditer(program):
        yield from _joined(docstring[2])


def translated(program: str) -> str:
    """``program`` with its docstrings translated; one that has no translation as it is."""
    return _DOCSTRING.sub(_translated, program)


def _joined(docstring: str) -> list[str]:
    return [" ".join(each.split()) for each in docstring.strip().split("\n\n")]


def _translated(docstring: re.Match[str]) -> str:
    found = [language.translation(each) for each in _joined(docstring[2])]
    if not all(found):
        return docstring[0]
    indent = docstring[1]
    first, *others = [f'"""{found[0]}', *found[1:]]
    lines = [_wrapped(str(each), indent) for each in (first, *others)]
    whole = "\n\n".join(lines)
    on_one_line = "\n" not in whole and len(whole) + 3 <= _WIDTH
    return f'{whole}"""' if on_one_line else f'{whole}\n{indent}"""'


def _wrapped(paragraph: str, indent: str) -> str:
    return textwrap.fill(
        paragraph,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
