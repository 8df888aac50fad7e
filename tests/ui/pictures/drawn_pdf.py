"""Reads a PDF of Qt's back without any library: its page, its words, and how it is painted."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page of ``width`` x ``height`` points; ``operators`` is what paints it."""

    width: float
    height: float
    words: str
    operators: bytes
    images: int


def read_pdf(content: bytes) -> Page:
    """The only page of a PDF."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", content, re.DOTALL)
    }
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    contents = re.search(rb"/Contents (\d+) 0 R", content)
    assert box is not None
    assert contents is not None
    operators = _stream(objects[int(contents[1])])
    return Page(
        float(box[1]),
        float(box[2]),
        "".join(_words(objects, operators)),
        operators,
        content.count(b"/Subtype /Image"),
    )


def _stream(body: bytes) -> bytes:
    start = body.index(b"stream\n") + len(b"stream\n")
    if b"/FlateDecode" in body[:start]:
        return zlib.decompressobj().decompress(body[start:])
    return body[start:]


def _words(objects: dict[int, bytes], operators: bytes) -> list[str]:
    """The letters that are shown, in the order in which they are painted."""
    letters = {}
    for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", b"".join(objects.values())):
        table = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        if table is not None:
            letters[name] = _letters(_stream(objects[int(table[1])]))
    shown, font = [], b""
    for name, hexadecimal in re.findall(rb"/(F\d+) [-\d.]+ Tf|<([0-9a-fA-F]+)>\s*Tj", operators):
        font = name or font
        codes = [int(hexadecimal[at : at + 4], 16) for at in range(0, len(hexadecimal), 4)]
        shown += [letters.get(font, {}).get(code, "?") for code in codes]
    return shown


def _letters(table: bytes) -> dict[int, str]:
    """What each code of a font stands for."""
    found = {}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        runs = re.findall(rb"<(\w+)>\s*<(\w+)>\s*(?:\[([^\]]*)\]|<(\w+)>)", block)
        for first, last, listed, one in runs:
            letters = re.findall(rb"<(\w+)>", listed)
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                written = bytes.fromhex(letters[place].decode()) if listed else b""
                found[code] = written.decode("utf-16-be") or chr(int(one, 16) + place)
    return found
