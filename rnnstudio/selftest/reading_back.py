"""Reads files that were written, by other means than those that wrote them where there are any."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PySide6.QtGui import QImage, QImageReader

from rnnstudio.core.documents.document_file import SUFFIX, kind_of
from rnnstudio.core.models.scene_file import load_scene
from rnnstudio.core.names.document import load_names
from rnnstudio.core.session.session_file import open_session
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster
from rnnstudio.core.stocks.files.runs_file import open_job
from rnnstudio.core.training import Control, Finished

_GIFT_QUESTION = re.compile(r"::\d+\.\d+:: .*[^\\]\{#-?[\d.]+:[\d.]+\}")
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta"))
"""Elements of HTML that have no end."""


def read_back(path: Path) -> None:
    """Read a file that was written, as its ending says; raises where it is none of its kind."""
    _READERS[path.suffix](path)


def frames_of(path: Path) -> list[QImage]:
    """The pictures in a file of pixels; raises ValueError where one of them is empty or plain."""
    reader = QImageReader(str(path))
    frames = [reader.read() for _ in range(max(1, reader.imageCount()))]
    if any(each.isNull() for each in frames):
        raise ValueError(f"{path.name} is no picture: {reader.errorString()}")
    if any(is_plain(each) for each in frames):
        raise ValueError(f"nothing is drawn in {path.name}")
    return frames


def is_plain(image: QImage) -> bool:
    """Whether all pixels have one colour."""
    rows = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(rows.constBits(), np.uint32)
    return bool((pixels == pixels[0]).all())


def pages_of(path: Path) -> int:
    """How many pages a PDF file has; raises ValueError where it is none, or is not complete."""
    content = path.read_bytes()
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", content)
    pages = len(re.findall(rb"/Type\s*/Page\b", content))
    whole = content.startswith(b"%PDF-") and start is not None
    if start is None or not whole or content[int(start[1]) :][:4] != b"xref" or not pages:
        raise ValueError(f"{path.name} is no complete PDF file")
    return pages


def _read_svg(path: Path) -> None:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - it was just written here
    if root.tag.rpartition("}")[2] != "svg" or root.find(".//{*}path") is None:
        raise ValueError(f"nothing is drawn in {path.name}")


def _read_csv(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))
    if len(rows) < 2 or len(rows[0]) < 2 or {len(row) for row in rows} != {len(rows[0])}:
        raise ValueError(f"{path.name} is no table")


def _read_arrays(path: Path) -> None:
    with np.load(path, allow_pickle=False) as arrays:
        if not arrays.files or not all(np.isfinite(arrays[name]).all() for name in arrays.files):
            raise ValueError(f"{path.name} has no arrays, or no numbers in them")


def _read_json(path: Path) -> None:
    if not json.loads(path.read_text("utf-8")):
        raise ValueError(f"{path.name} holds nothing")


def _read_json_lines(path: Path) -> None:
    if not [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]:
        raise ValueError(f"{path.name} holds nothing")


def _read_text(path: Path) -> None:
    if not path.read_text("utf-8").strip():
        raise ValueError(f"{path.name} holds nothing")


def _read_script(path: Path) -> None:
    compile(path.read_text("utf-8"), str(path), "exec", dont_inherit=True)


def _read_html(path: Path) -> None:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    if page.open or page.elements < 2 or page.elsewhere:
        raise ValueError(f"{path.name} is no whole page: {page.open}{page.elsewhere}")


class _Page(HTMLParser):
    """Counts elements, and notes those that are open and those that are not in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements = 0
        self.elsewhere: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins; what it shows must stand in the page itself."""
        self.elements += 1
        self.elsewhere += [value for name, value in attrs if name == "src" and value is not None]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, *_: object) -> None:
        """An element without content."""
        self.elements += 1

    def handle_endtag(self, tag: str) -> None:
        """The element that was begun last is over; raises ValueError where it is another one."""
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> ends nothing")


def _read_gift(path: Path) -> None:
    questions = [line for line in path.read_text("utf-8").splitlines() if line.startswith("::")]
    if not questions or not all(map(_GIFT_QUESTION.fullmatch, questions)):
        raise ValueError(f"{path.name} has no questions for Moodle")


def _read_document(path: Path) -> None:
    _DOCUMENTS[kind_of(path)](path)


def _read_runs(path: Path) -> None:
    [opened] = [each.result for each in open_job(path, Control()) if isinstance(each, Finished)]
    if not opened.runs:
        raise ValueError(f"{path.name} has no runs")


_DOCUMENTS: Mapping[str, Callable[[Path], object]] = {
    "session": open_session,
    "names": load_names,
    "forecast": load_forecaster,
    "work": _read_runs,
    "scene": load_scene,
}
_READERS: Mapping[str, Callable[[Path], object]] = {
    ".png": frames_of,
    ".gif": frames_of,
    ".svg": _read_svg,
    ".pdf": pages_of,
    ".csv": _read_csv,
    ".npz": _read_arrays,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
    ".txt": _read_text,
    ".py": _read_script,
    ".html": _read_html,
    ".gift": _read_gift,
    SUFFIX: _read_document,
}
