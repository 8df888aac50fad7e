"""The fonts of words, of symbols and of raw files.

That of words comes with a package and not with the system, so that a classroom's computer shows
what the teacher's does. Where it is missing a letter, Qt takes it from the system's fonts.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from rnnstudio.ui.theme.equal_figures import with_equal_figures
from rnnstudio.ui.theme.tokens import sizes

WORDS = "Atkinson Hyperlegible"
"""Made by the Braille Institute so that 0 O o, 1 l I and 6 8 9 differ from afar."""
_SYMBOLS = ("STIX Two Text", "Cambria", "Palatino", "P052", "DejaVu Serif", "serif")
_PACKAGE = "fontpkg_atkinson_hyperlegible"
_FORMULAS, _FORMULA_FILE = "ziamath", "fonts/STIXTwoMath-Regular.ttf"
_FACES = ("Regular", "Italic", "Bold")


@cache
def load() -> None:
    """Make the font of words known to Qt, once in a process; needs the application object.

    Its package is found and not imported: what it does besides is not needed at the start.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {_PACKAGE}, which holds a font, is not installed")
    for face in _FACES:
        path = Path(spec.origin).parent / "files" / f"AtkinsonHyperlegible-{face}.ttf"
        if QFontDatabase.addApplicationFontFromData(with_equal_figures(path.read_bytes())) < 0:
            raise RuntimeError(f"Qt does not read the font {path}")


def words(pixels: int | None = None, bold: bool = False) -> QFont:
    """The font of words and numbers, whose figures are all equally wide; usual size: of text."""
    return QFont(_words(sizes().text if pixels is None else pixels, bold))


@cache
def _words(pixels: int, bold: bool) -> QFont:
    """Made once, for many are asked for in a frame; whoever is given one has a copy."""
    font = QFont(WORDS)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def symbol_font(pixels: int) -> QFont:
    """A serif font with italics for symbols in rich text; whole formulas are set by ``formula``.

    Not the font of formulas: its lines are three times as high as its letters, so that the marks
    of a symbol would stand beside it.
    """
    font = QFont()
    font.setFamilies(_SYMBOLS)
    font.setPixelSize(pixels)
    return font


def with_symbols(html: str) -> str:
    """Rich text whose letters in italics, with their marks, are in the font of symbols."""
    families = ", ".join(f"'{family}'" for family in _SYMBOLS)
    return f"<style>i, sub, sup {{ font-family: {families} }}</style>{html}"


def formula_font(pixels: float) -> QFont:
    """The font of formulas, for letters that are drawn as paths, with no line around them."""
    font = QFont(_formula_family())
    font.setPixelSize(max(1, round(pixels)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _formula_family() -> str:
    """The name of that font, once its file is read; its package is found and not imported."""
    spec = find_spec(_FORMULAS)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {_FORMULAS}, which holds a font, is not installed")
    number = QFontDatabase.addApplicationFont(str(Path(spec.origin).parent / _FORMULA_FILE))
    if number < 0:
        raise RuntimeError(f"Qt does not read the font {_FORMULA_FILE}")
    return QFontDatabase.applicationFontFamilies(number)[0]


def raw_font(pixels: int) -> QFont:
    """A font whose letters are all equally wide: for programs and raw files."""
    font = QFont("DejaVu Sans Mono")
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(pixels)
    return font
