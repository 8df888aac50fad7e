"""A widget as it is seen in grey, and with deuteranopia: what must not rest on hue alone.

Pictures are float64 arrays (height, width, 3) of sRGB from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, LIGHT, Theme, theme

Picture = npt.NDArray[np.float64]
_DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
"""In linear RGB: Machado, Oliveira and Fernandes (2009), table 1, severity 1.0."""
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@contextmanager
def dressed(*, dark: bool) -> Iterator[None]:
    """The application in light or in dark colours, as long as the block runs."""
    app, before = QApplication.instance(), theme()
    assert isinstance(app, QApplication)
    appearance.apply(app, Theme(DARK if dark else LIGHT))
    try:
        yield
    finally:
        appearance.apply(app, before)


def picture(widget: QWidget) -> Picture:
    """The widget as it stands, one pixel for each of its own."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    image = image.scaled(widget.size())
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3) / 255


def renderings(widget: QWidget) -> Mapping[str, Picture]:
    """The widget in grey and with deuteranopia."""
    seen = _linear(picture(widget))
    grey = np.repeat((seen @ _LUMINANCE)[..., None], 3, axis=-1)
    return {"grey": _srgb(grey), "deuteranopia": _srgb(seen @ _DEUTERANOPIA.T)}


def cut(shown: Picture, place: QRect) -> Picture:
    """The part of a picture within ``place``."""
    return shown[place.top() : place.bottom() + 1, place.left() : place.right() + 1]


def luminance(shown: Picture) -> Picture:
    """The relative luminance of every pixel, 0 to 1."""
    return np.asarray(_linear(shown) @ _LUMINANCE)


def contrast(shown: Picture, ground: float) -> Picture:
    """The contrast ratio of every pixel to a ground of that luminance, 1 to 21."""
    own = luminance(shown)
    return np.asarray((np.maximum(own, ground) + 0.05) / (np.minimum(own, ground) + 0.05))


def _linear(shown: Picture) -> Picture:
    return np.asarray(np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4))


def _srgb(linear: Picture) -> Picture:
    inside = np.clip(linear, 0, 1)
    return np.asarray(
        np.where(inside <= 0.0031308, 12.92 * inside, 1.055 * inside ** (1 / 2.4) - 0.055)
    )
