"""Program text with parts that belong to one kind of run only.

A part stands between two lines of comment, ``#: if FEATURE`` and ``#: end``; ``#: else`` between
the two begins what takes its place in a run without that feature. Parts may hold others. Since the
marks are comments, a template is a Python module for every tool that reads one.
"""

from __future__ import annotations

import re
from collections.abc import Set

_MARK = re.compile(r"\s*#: (if|else|end) ?(.*)")
_TOO_BLANK = ((re.compile(r"\n{3,}(?= )"), "\n\n"), (re.compile(r"\n{4,}"), "\n\n\n"))
"""More blank lines than stand in indented code, and elsewhere, and what takes their place."""


def fill(template: str, features: Set[str], known: Set[str]) -> str:
    """The text for a run with these ``features``, of all that are ``known``, without the marks.

    Raises ValueError if a mark names another feature or has no counterpart: a fault of ours.
    """
    kept: list[bool] = []
    lines = []
    for line in template.splitlines():
        mark = _MARK.fullmatch(line)
        if mark is None:
            lines += [line] if all(kept) else []
            continue
        _turn(kept, mark[1], _known(mark[2], known) in features)
    if kept:
        raise ValueError("a part of the template has no end")
    text = "\n".join(lines).strip("\n")
    for too_blank, enough in _TOO_BLANK:
        text = too_blank.sub(enough, text)
    return text + "\n"


def _turn(kept: list[bool], mark: str, wanted: bool) -> None:
    """Begin, turn over or end the innermost part."""
    if mark == "if":
        kept.append(wanted)
    elif not kept:
        raise ValueError(f"#: {mark} stands outside of any part")
    elif mark == "else":
        kept[-1] = not kept[-1]
    else:
        kept.pop()


def _known(feature: str, known: Set[str]) -> str:
    if feature and feature not in known:
        raise ValueError(f"no run has the feature {feature!r}")
    return feature
