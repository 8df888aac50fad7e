"""Pictures as the bytes of files: PNG for any program, SVG and PDF as lines and letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from enum import Enum
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QMimeData,
    QPoint,
    QRect,
    QSizeF,
)
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.ui.pictures.composition import Composition, composed
from rnnstudio.ui.pictures.light import in_light
from rnnstudio.ui.pictures.svg_letters import letters_as_paths
from rnnstudio.ui.widgets.view_picture import USUAL_PARTS, PicturePart, ViewPicture

_LONGEST = 16_000
"""Pixels in a row or column: many programs open no larger picture."""
_PDF_DPI = 96
"""A pixel of the screen is a dot of the page."""


class PictureKind(Enum):
    """A kind of file, by its ending and its pixels to one of the screen, each way (0: none)."""

    PNG_2 = (".png", 2)
    PNG_4 = (".png", 4)
    SVG = (".svg", 0)
    PDF = (".pdf", 0)

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        return self.value[0]

    @property
    def sharpness(self) -> int:
        """Pixels of a picture to one of the screen, each way."""
        return self.value[1]


def write_picture(
    path: Path,
    view: ViewPicture,
    kind: PictureKind,
    chosen: Collection[PicturePart] = USUAL_PARTS,
    *,
    as_on_screen: bool = False,
) -> None:
    """Write the picture of a view with the chosen parts, whole or not at all.

    In light colours, or ``as_on_screen``. Raises UserError when it cannot be written.
    """
    with _laid_out(view, chosen, as_on_screen) as laid:
        match kind:
            case PictureKind.SVG:
                content = _svg(laid, view)
            case PictureKind.PDF:
                content = _pdf(laid, view)
            case _:
                content = _png(draw_image(laid, kind.sharpness))
    write_atomically(path, content)


def clipboard_picture(
    view: ViewPicture,
    chosen: Collection[PicturePart] = USUAL_PARTS,
    *,
    as_on_screen: bool = False,
) -> QMimeData:
    """The picture to be pasted: as pixels, and as a drawing for programs that take one."""
    data = QMimeData()
    with _laid_out(view, chosen, as_on_screen) as laid:
        data.setImageData(draw_image(laid, PictureKind.PNG_4.sharpness))
        data.setData("image/svg+xml", QByteArray(_svg(laid, view)))
    return data


def draw_image(laid: Composition, sharpness: float) -> QImage:
    """A composition with so many pixels to one of the screen, each way; fewer if it is long."""
    sharpness = min(sharpness, _LONGEST / max(laid.size.width(), laid.size.height()))
    size = QSizeF(laid.size) * sharpness
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharpness)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid.draw(painter)
    return image


@contextmanager
def _laid_out(
    view: ViewPicture, chosen: Collection[PicturePart], as_on_screen: bool
) -> Iterator[Composition]:
    look = nullcontext() if as_on_screen else in_light(view.page)
    with look, composed(view, chosen) as laid:
        yield laid


def _png(image: QImage) -> bytes:
    buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise AssertionError("Qt always writes PNG")
    return bytes(buffer.data().data())


def _svg(laid: Composition, view: ViewPicture) -> bytes:
    buffer, generator = _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(view.page.accessibleName())
    generator.setDescription(view.page.accessibleDescription())
    generator.setSize(laid.size)
    generator.setViewBox(QRect(QPoint(0, 0), laid.size))
    # of another resolution axes would be drawn smaller
    generator.setResolution(view.page.logicalDpiX())
    with QPainter(generator) as painter:
        laid.draw(painter)
    return letters_as_paths(bytes(buffer.data().data()))


def _pdf(laid: Composition, view: ViewPicture) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(view.page.accessibleName())
    writer.setCreator("RNN Studio")
    writer.setResolution(_PDF_DPI)
    points = QSizeF(laid.size) * 72 / _PDF_DPI
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    with QPainter(writer) as painter:
        laid.draw(painter)
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
