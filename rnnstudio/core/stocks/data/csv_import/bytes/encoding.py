"""Text from bytes: which encoding a file is written in."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.bytes.encoding_evidence import (
    ChosenEncoding,
    choose_encoding,
    encoding_choices,
)
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.csv_import.options import CsvOptions, Fact
from rnnstudio.core.stocks.data.csv_import.vocabulary.note_words import MARKUP

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", Message("an Excel workbook or a zip archive")),
    (b"\xd0\xcf\x11\xe0", Message("an old Excel workbook")),
    (b"\x1f\x8b", Message("a gzip archive")),
    (b"%PDF", Message("a PDF document")),
)
_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
_NOTHING = "\ufeff\u200b\u200e\u200f\u2060\u00ad\u202a\u202c"
_ZEROS = "\u0660\u06f0\u0966\u09e6\u0e50\uff10"
"""Those of the digits of Arabia, Persia, India, Bengal and Thailand, and of wide ones."""
_SAME = str.maketrans(
    {
        **{chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)},
        **dict(zip("\u066b\u066c\uff0e\uff0f\uff1a\uff0d", ".'./:-", strict=True)),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_NOTHING, None),
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014", "-"),
        **dict.fromkeys("\u2019\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
    }
)


class FileText(NamedTuple):
    """The text of a file, the encoding that it is written in, and what was found about that.

    ``written`` is the text before signs that look alike came out as one.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...]
    written: str
    facts: tuple[Fact, ...]

    @property
    def written_lines(self) -> list[str]:
        """The lines as they are written, without empty ones at the end."""
        return self.written.rstrip("\n\x1a").split("\n")


def decode(content: bytes, source: str, options: CsvOptions) -> FileText:
    """The text in ``content``, in the encoding of the options where they name one.

    A byte order mark decides, or the zeros of UTF-16, or that it is UTF-8; for what is none of
    these, see ``choose_encoding``. Signs that look alike come out as one: every kind of space as a
    space, minus signs and dashes as "-", typographic quotes as plain ones, and the digits of other
    scripts as ours, with their marks. Lines end in a line feed. Raises UserError when it is not
    text in that encoding.
    """
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise UserError(
                "{source} is {kind}, not a text file; save it as CSV UTF-8.",
                source=source,
                kind=kind,
            )
    chosen = (
        ChosenEncoding(options.encoding)
        if options.encoding
        else _encoding(content, source, options)
    )
    name = chosen.name
    try:
        text = content.decode(name)
    except (UnicodeError, ValueError) as error:
        raise UserError(
            "{source} is not a text file in {name}; save it as CSV UTF-8.", source=source, name=name
        ) from error
    text = written = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.translate(_SAME)
    _refuse_markup(text, source)
    _refuse_control_characters(text, source)
    facts = () if text.isascii() else (_fact(chosen, written, content, options),)
    return FileText(text, name, _about_encoding(name, chosen.proved), written, facts)


def _fact(chosen: ChosenEncoding, text: str, content: bytes, options: CsvOptions) -> Fact:
    """What shows the encoding of a file with signs beyond ASCII."""
    sign = re.search(r"[^\x00-\x7f]+", text)
    line = 1 + (text.count("\n", 0, sign.start()) if sign else 0)
    values = {"signs": sign[0][:20] if sign else "", "line": line}
    others = encoding_choices(content, chosen, options)
    if chosen.name.startswith("utf"):
        proof = Message("the file says so or can be nothing else; row {line}: {signs}", values)
    elif chosen.proved:
        proof = Message("words of row {line} and others show it: {signs}", values)
    else:
        proof = Message(
            "not shown by the file; texts may be other letters, numbers and dates are the same "
            "(row {line}: {signs})",
            values,
        )
    statement = Message("Written in {encoding}", {"encoding": chosen.name.upper()})
    return Fact("encoding", statement, proof, (CellPlace(line),), chosen.proved, others)


def _refuse_markup(text: str, source: str) -> None:
    start = text[:200].lstrip().lower()
    for sign, kind in MARKUP:
        if start.startswith(sign):
            raise UserError(
                "{source} is {kind}, no CSV file: its prices are not in rows of cells; load the "
                "file itself instead of the page.",
                source=source,
                kind=kind,
            )
    if start[:1] in {"{", "["} and re.match(r'[\[{]\s*["\[{\]}]', start):
        raise UserError(
            "{source} is JSON, no CSV file: it has no rows of dates and prices with delimiters "
            "between them; save the data as CSV.",
            source=source,
        )


def _encoding(content: bytes, source: str, options: CsvOptions) -> ChosenEncoding:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return ChosenEncoding(name)
    start = content[:4096]
    zeros = start.count(0)
    if zeros > len(start) // 3:
        big_first = start[::2].count(0) * 2 > zeros
        return ChosenEncoding("utf-16-be" if big_first else "utf-16-le")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return choose_encoding(content, source, options)
    return ChosenEncoding("utf-8")


def _about_encoding(name: str, proved: bool) -> tuple[Finding, ...]:
    if name.startswith("utf") or name == "ascii":
        return ()
    encoding = {"encoding": name}
    action = (
        Message("The file is no UTF-8 and was read as {encoding}.", encoding)
        if proved
        else Message(
            "The file is no UTF-8 and does not show what it is; it was read as {encoding}, and "
            "texts in it (no number or date) may be other letters.",
            encoding,
        )
    )
    return (finding("encoding", (), action),)


def _refuse_control_characters(text: str, source: str) -> None:
    codes = [*range(9), *range(14, 26), *range(27, 32), 127]  # 26 ended files of old systems
    if not text.isascii():
        codes += range(0x80, 0xA0)
    for code in codes:
        place = text.find(chr(code))
        if place >= 0:
            raise UserError(
                "{source}, row {row} holds the character {character!r}, so it is not a text file "
                "of prices; save it as CSV UTF-8.",
                source=source,
                row=text.count("\n", 0, place) + 1,
                character=chr(code),
            )
