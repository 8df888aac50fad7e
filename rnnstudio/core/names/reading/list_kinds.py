"""Files that are not lists of names but something else: a workbook, a web page, a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

_STARTS = (
    (b"PK\x03\x04", Message("an Excel workbook, a document or a zip archive")),
    (b"\xd0\xcf\x11\xe0", Message("an old Excel workbook or Word document")),
    (b"\x1f\x8b", Message("a gzip archive")),
    (b"\xfd7zXZ", Message("an xz archive")),
    (b"7z\xbc\xaf", Message("a 7-Zip archive")),
    (b"Rar!", Message("a RAR archive")),
    (b"%PDF", Message("a PDF document")),
    (b"{\\rtf", Message("a rich text document (RTF markup)")),
    (b"\x89PNG", Message("a picture")),
    (b"\xff\xd8\xff", Message("a picture")),
    (b"GIF89a", Message("a picture")),
    (b"GIF87a", Message("a picture")),
    (b"SQLite format 3", Message("a database")),
    (b"\x7fELF", Message("a program")),
    (b"MZ\x90", Message("a program")),
)
_TAG = re.compile(
    r"<[/!?]?[A-Za-z][^<>]{0,80}>|<!--|&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[A-Za-z]{2,8});"
)
_TAGGED = 0.1
"""The fraction of lines with tags that makes a page of a text."""


def refuse_other_kinds(data: bytes, source: str) -> None:
    """Raise UserError if the first bytes are those of another kind of file."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:32]
    for magic, kind in _STARTS:
        if start.startswith(magic):
            raise UserError(
                "{source} is {kind}, not a list of names; save the names alone as plain text, one "
                "a line.",
                source=source,
                kind=kind,
            )


def refuse_markup(lines: Sequence[tuple[int, str]], source: str) -> None:
    """Raise UserError if the lines, with their numbers, are a web page, XML or the like."""
    tags = [
        (row, tag)
        for row, line in lines
        if "<" in line or "&" in line
        for tag in _TAG.findall(line)
    ]
    if len(tags) < 2:
        return
    begins = lines[0][0] == tags[0][0] and lines[0][1].lstrip().startswith("<")
    if begins or len({row for row, _ in tags}) >= _TAGGED * len(lines):
        row, tag = tags[0]
        raise UserError(
            "{source} is a web page or other markup: line {row} holds {tag}; save the names alone "
            "as plain text, one a line.",
            source=source,
            row=row,
            tag=tag[:30],
        )
