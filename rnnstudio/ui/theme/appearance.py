"""What a user chose of the look, and how the application takes it on."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from rnnstudio.ui.theme import fonts
from rnnstudio.ui.theme.style_sheet import style_sheet
from rnnstudio.ui.theme.tokens import CLASS, DARK, DESK, LIGHT, Theme, choose, colours, theme
from rnnstudio.ui.user_settings import settings

SMALLEST, LARGEST, STEP = 80, 300, 10
"""How small and how large text may be, and the step of the keys that change it, in per cent."""
_COLOURS, _TEXT = "colours", "text"


class ColourChoice(StrEnum):
    """Which colours a user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def colour_choice() -> ColourChoice:
    """The colours that the user chose; the system's until then."""
    kept = str(settings().value(_COLOURS, ColourChoice.SYSTEM, type=str))
    return ColourChoice(kept) if kept in set(ColourChoice) else ColourChoice.SYSTEM


def keep_colours(choice: ColourChoice) -> None:
    """Remember which colours the user wants."""
    settings().setValue(_COLOURS, choice.value)


def text_size() -> int:
    """How large the user wants text, in per cent of its usual size."""
    kept = int(str(settings().value(_TEXT, 100, type=int)))
    return min(max(kept, SMALLEST), LARGEST)


def keep_text_size(percent: int) -> None:
    """Remember how large text is to be, within what the window can show."""
    settings().setValue(_TEXT, min(max(percent, SMALLEST), LARGEST))


def chosen_theme(
    system: Qt.ColorScheme, *, in_class: bool = False, class_factor: float = 1.0
) -> Theme:
    """The theme of what the user chose where the system has these colours.

    ``class_factor``: how many times as large as in a window of 1920 x 1080 a class sees it.
    """
    choice = colour_choice()
    dark = choice is ColourChoice.DARK
    if choice is ColourChoice.SYSTEM:
        dark = system is Qt.ColorScheme.Dark
    factor = text_size() / 100
    chosen = CLASS.times(factor * class_factor) if in_class else DESK.times(factor)
    return Theme(DARK if dark else LIGHT, chosen, in_class, class_factor)


def apply(app: QApplication, chosen: Theme | None = None) -> None:
    """Give the application its fonts, palette and style sheet.

    None: what the user chose, in front of a class where one looks on now.
    """
    fonts.load()
    system, now = QGuiApplication.styleHints().colorScheme(), theme()
    choose(chosen or chosen_theme(system, in_class=now.in_class, class_factor=now.class_factor))
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(fonts.words())
    app.setStyleSheet(style_sheet(theme()))


def palette() -> QPalette:
    """What Qt paints widgets with, in the colours that hold now."""
    role = QPalette.ColorRole
    made = QPalette()
    for where, colour in (
        (role.Window, colours().window),
        (role.Base, colours().panel),
        (role.AlternateBase, colours().window),
        (role.Button, colours().panel),
        (role.Light, colours().hairline),  # the line under a row of tabs
        (role.Text, colours().ink),
        (role.WindowText, colours().ink),
        (role.ButtonText, colours().ink),
        (role.PlaceholderText, colours().muted),
        (role.ToolTipBase, colours().panel),
        (role.ToolTipText, colours().ink),
        (role.Highlight, colours().you_soft),
        (role.HighlightedText, colours().ink),
        (role.Link, colours().you),
    ):
        made.setColor(where, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for where in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(disabled, where, QColor(colours().muted))
    return made
