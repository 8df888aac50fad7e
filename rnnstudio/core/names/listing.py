"""Which lines of a text are names: without comments, numbering, bullets and a table's columns."""

# ruff: noqa: RUF001 - letters and signs of other languages are meant here

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.reading.json_lists import find_json
from rnnstudio.core.names.reading.letters import is_invisible, without_invisible
from rnnstudio.core.names.reading.list_kinds import refuse_markup
from rnnstudio.core.names.reading.tables import (
    DELIMITERS,
    HEADERS,
    PARTS,
    WHOLE_LINES,
    Lines,
    Table,
    find_table,
)
from rnnstudio.core.names.report import ReadingReport, first_rows

_COMMENTS = ("#", "//", ";", "%", "--", "/*", "<!--", "\\begin{", "\\end{")
_RULED = re.compile(r"[-=*_~#+ ]{3,}")
_NUMBERED = re.compile(r"\s*\(?(\d{1,7})(?:[.):]\)?\s*|\s+)(?=\D)")
_BULLET = re.compile(r"\s*([-*+•·–—‣◦▪●]|\\item)\s+(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(r"\[[^\]]*\]|=+[^=]+=+|.*\w ?:")
"""[girls], == Girls == or Girls: above the names of girls."""
_BRACKETS = re.compile(r"[^\"'“«]*[\[({]|[\])};, ]+")
"""What a program has around its list: names = [ above it, ]; below."""
_QUOTES = {
    '"': '"',
    "'": "'",
    "“": "”",
    "„": "“",
    "«": "»",
    "‘": "’",
    "「": "」",
    "`": "`",
    "*": "*",
    "[": "]",
}
_FEW = 3
"""Letters above names that begin with them; fewer may be names."""
_MOST = 0.9
"""The fraction of lines with a number, a bullet or quotation marks that makes a list of such."""


def list_cells(text: str, report: ReadingReport) -> Lines:
    """The lines, or the cells of a column, that are to be names, blank ones among them.

    Raises UserError when the text is markup, or a table whose column of names has not been chosen.
    """
    source, wanted = report.source, report.options.column
    if wanted == WHOLE_LINES:
        lines = _lines(text, report)
        report.lines = len(lines)
        return lines
    table = find_json(text, source)
    if table is not None:
        report.lines = len(list(table.rows))
        return _of_table(table, report)
    lines = _lines(text, report)
    report.lines = len(lines)
    filled: Lines = [(row, line) for row, line in lines if line and not line.isspace()]
    report.blank += [row for row, line in lines if not line or line.isspace()]
    refuse_markup(filled, source)
    filled = _without_numbers(_without_comments(filled, report), report)
    filled = _without_marks_behind(filled, report)
    table = find_table(filled, asked=wanted is not None)
    if table is not None:
        return _of_table(table, report)
    if wanted is not None:
        raise UserError(
            "{source} is no table, so it has no column {wanted!r}; read it without a column.",
            source=source,
            wanted=wanted[:30],
        )
    _refuse_several_a_line(filled, source)
    return _without_title(_without_quotes(_without_headings(filled, report), report), report)


def _lines(text: str, report: ReadingReport) -> Lines:
    lines = text.splitlines()
    if text.isascii() and "\x1a" not in text:
        return list(enumerate(lines, start=1))
    odd = {character for character in set(text) if is_invisible(character)}
    if odd:
        for place, line in enumerate(lines):
            if not odd.isdisjoint(line):
                lines[place] = without_invisible(line)
                report.invisible += lines[place] != line
    return list(enumerate(lines, start=1))


def _without_comments(lines: Lines, report: ReadingReport) -> Lines:
    """Lines that begin as comments do are comments, unless half of all do: then they are names."""
    comments = [
        row
        for row, line in lines
        if line.lstrip().startswith(_COMMENTS) or _RULED.fullmatch(line.strip()[:200])
    ]
    if comments and comments[0] == lines[0][0] and _is_header(lines):
        del comments[0]
    if not comments or 2 * len(comments) > len(lines):
        return lines
    report.comments += comments
    left_out = set(comments)
    return [(row, line) for row, line in lines if row not in left_out]


def _is_header(lines: Lines) -> bool:
    """Whether the first line has cells as nearly all others have, though it begins with #."""
    marks = (mark for mark in DELIMITERS if mark in lines[0][1])
    return any(sum(mark in line for _, line in lines) >= _MOST * len(lines) for mark in marks)


def _without_numbers(lines: Lines, report: ReadingReport) -> Lines:
    """Numbers that count the lines, or bullets, are taken off."""
    found = [_NUMBERED.match(line) for _, line in lines]
    numbers = [int(each[1]) if each else -1 for each in found]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    if len(lines) > 1 and steps >= _MOST * (len(lines) - 1):
        report.notes.append(Message("The lines are numbered: the numbers were taken off."))
        return _shortened(lines, found)
    found = [_BULLET.match(line) for _, line in lines]
    if len(lines) > 1 and sum(map(bool, found)) >= _MOST * len(lines):
        sign = next(each[1] for each in found if each)
        report.notes.append(
            Message("The lines begin with the bullet {sign}: it was taken off.", {"sign": sign})
        )
        return _shortened(lines, found)
    return lines


def _without_marks_behind(lines: Lines, report: ReadingReport) -> Lines:
    """A comma or semicolon behind most names, and nowhere else, is taken off."""
    for mark, what in DELIMITERS.items():
        behind = sum(line.rstrip().endswith(mark) for _, line in lines)
        if 2 * behind > len(lines) and behind == sum(line.count(mark) for _, line in lines):
            report.notes.append(Message("The {mark} behind names were taken off.", {"mark": what}))
            return [(row, line.rstrip().removesuffix(mark)) for row, line in lines]
    return lines


def _shortened(lines: Lines, found: Sequence[re.Match[str] | None]) -> Lines:
    return [
        (row, line[each.end() :] if each else line)
        for (row, line), each in zip(lines, found, strict=True)
    ]


def _without_headings(lines: Lines, report: ReadingReport) -> Lines:
    """Lines above parts of a list are none: A above the names with A, or Girls: above theirs."""
    texts = [line.strip() for _, line in lines]
    headings = {place for place, text in enumerate(texts) if _HEADING.fullmatch(text[:200])}
    headings |= _initials(texts)
    if 2 * len(headings) > len(lines):
        return lines
    report.titles += [lines[place][0] for place in sorted(headings)]
    return [line for place, line in enumerate(lines) if place not in headings]


def _initials(texts: Sequence[str]) -> set[int]:
    """The places of lines of one letter, if each stands above a longer name that begins with it."""
    bare = [text.strip(" -=*:.[]()").casefold() for text in texts]
    found = {place for place, text in enumerate(bare) if len(text) == 1 and text.isalpha()}
    above = all(
        len(name) > 1 and name[0] == bare[place]
        for place in found
        for name in bare[place + 1 : place + 2] or [""]
    )
    return found if above and len(found) >= _FEW else set()


def _without_quotes(lines: Lines, report: ReadingReport) -> Lines:
    around = {row for row, line in lines if _BRACKETS.fullmatch(line.strip()[:200])}
    quoted = sum(_is_quoted(line.strip()) for _, line in lines)
    if not quoted or quoted < _MOST * (len(lines) - len(around)):
        return lines
    report.notes.append(
        Message("Every name is in quotation marks or brackets: they were taken off.")
    )
    if around:
        rows = {"rows": first_rows(sorted(around))}
        report.notes.append(
            Message("Brackets around the whole list were left out (line {rows}).", rows)
        )
    return [(row, _unquoted(line.strip())) for row, line in lines if row not in around]


def _unquoted(line: str) -> str:
    if not _is_quoted(line):
        return line
    return line.strip(line[0] + line[-1]) if line[0] in "*`[" else line[1:-1]


def _is_quoted(line: str) -> bool:
    return len(line) > 2 and _QUOTES.get(line[0]) == line[-1]


def _without_title(lines: Lines, report: ReadingReport) -> Lines:
    if len(lines) > 2 and lines[0][1].strip(" \t:").casefold() in HEADERS:
        report.titles.append(lines[0][0])
        return lines[1:]
    return lines


def _refuse_several_a_line(lines: Lines, source: str) -> None:
    """Raise UserError if the names stand one behind the other."""
    for mark, what in DELIMITERS.items():
        values = {"source": source, "row": lines[0][0] if lines else 0, "mark": what}
        least = 2 if len(lines) == 1 else PARTS + 1
        if not lines or any(line.strip().strip(mark).count(mark) < least for _, line in lines):
            continue
        if len(lines) == 1:
            raise UserError(
                "{source} has all names in line {row}, divided by {mark}; write one a line.",
                **values,
            )
        raise UserError(
            "{source} has several names in each line, divided by {mark}; write one a line.",
            **values,
        )


def _of_table(table: Table, report: ReadingReport) -> Lines:
    """The cells of the chosen column, or of the only one; the header goes to the report."""
    wanted, filled = report.options.column, table.filled
    if wanted is not None:
        column, has_header = table.column(wanted, report.source)
    elif not filled:
        return []
    elif len(filled) == 1:
        column, has_header = filled[0], bool(table.header) and not table.titles
    else:
        raise UserError(
            "{source} is a table of {count} columns divided by {mark}: {columns}. Choose the "
            "column of names by its number or name (“Column” on the page of the names, --column "
            "on the command line; 0 takes whole lines), or save that column alone.",
            source=report.source,
            count=len(filled),
            mark=table.mark,
            columns=table.described(),
        )
    report.notes.append(_read_from(table, column))
    cells = [(place, row[column] if column < len(row) else "") for place, row in table.every]
    if has_header:
        report.titles.append(cells.pop(0)[0])
    return _without_quotes(cells, report)


def _read_from(table: Table, column: int) -> Message:
    if len(table.filled) == 1:
        return Message("The {mark} around the names were taken off.", {"mark": table.mark})
    titles = table.header or table.rows[0]
    title = titles[column] if column < len(titles) else ""
    return Message(
        "It is a table divided by {mark}: its column {number} ({title}) was read.",
        {"mark": table.mark, "number": column + 1, "title": title[:30]},
    )
