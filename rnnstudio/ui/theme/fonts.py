"""The fonts of words, of formulas and of raw files.

They come with packages and not with the system, so that a classroom's computer shows what the
teacher's does. Where a font is missing a letter, Qt takes it from the system's.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from rnnstudio.ui.theme.tokens import sizes

WORDS = "Atkinson Hyperlegible"
"""Made by the Braille Institute so that 0 O o, 1 l I and 6 8 9 differ from afar."""
FORMULAS = "STIX Two Math"


_FILES = {
    "fontpkg_atkinson_hyperlegible": (
        "files/AtkinsonHyperlegible-Regular.ttf",
        "files/AtkinsonHyperlegible-Italic.ttf",
        "files/AtkinsonHyperlegible-Bold.ttf",
    ),
    "ziamath": ("fonts/STIXTwoMath-Regular.ttf",),
}


@cache
def load() -> None:
    """Make the fonts known to Qt, once in a process; needs the application object.

    The packages are found and not imported: what they do besides is not needed at the start.
    """
    for package, files in _FILES.items():
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise RuntimeError(f"the package {package}, which holds a font, is not installed")
        for file in files:
            path = Path(spec.origin).parent / file
            if QFontDatabase.addApplicationFont(str(path)) < 0:
                raise RuntimeError(f"Qt does not read the font {path}")


def words(pixels: int | None = None, bold: bool = False) -> QFont:
    """The font of words and numbers, whose figures are all equally wide; usual size: of text."""
    font = QFont(WORDS)
    font.setPixelSize(sizes().text if pixels is None else pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setBold(bold)
    return font


def symbol_font(pixels: int) -> QFont:
    """The font of mathematics, in which formulas look as they do in books."""
    font = QFont()
    font.setFamilies([FORMULAS, WORDS])
    font.setPixelSize(pixels)
    return font


def raw_font(pixels: int) -> QFont:
    """A font whose letters are all equally wide: for programs and raw files."""
    font = QFont("DejaVu Sans Mono")
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(pixels)
    return font
