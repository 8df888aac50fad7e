"""Colours and sizes: the one place where they are chosen.

Text keeps a contrast of at least 4.5 : 1 on its background, and no two series on one chart differ
by hue alone (lightness, widths and dashes differ too): a projector washes hues out.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Theme:
    """Colours as ``#rrggbb``, sizes in points (fonts) and pixels (the rest)."""

    window: str = "#f4f5f7"
    panel: str = "#ffffff"
    border: str = "#c3c8d0"
    text: str = "#1b1f27"
    muted: str = "#565d6b"
    accent: str = "#1d5fd1"
    accent_text: str = "#ffffff"
    accent_soft: str = "#dfe9fb"
    error: str = "#a3180f"
    error_soft: str = "#fdecea"
    good: str = "#17692f"
    truth: str = "#1b1f27"
    forecast: str = "#c2410c"
    persistence: str = "#1d5fd1"
    training: str = "#6b7280"
    raw_loss: str = "#9db4d8"
    loss: str = "#1d5fd1"
    held_out_loss: str = "#c2410c"
    positive: str = "#c2410c"
    negative: str = "#1d5fd1"
    heat_text: str = "#000000"
    heat_text_light: str = "#ffffff"
    glow: str = "#ffe08a"
    grid_alpha: float = 0.25
    font_points: int = 11
    small_points: int = 10
    tick_points: int = 8
    formula_points: int = 16
    heading_points: int = 14
    spacing: int = 8
    box: int = 12
    live_pen: int = 1
    strong_pen: int = 2


LIGHT = Theme()
DARK = Theme(
    window="#1b1f27",
    panel="#11141a",
    border="#4a5260",
    text="#eef0f4",
    muted="#b3bac7",
    accent="#6ea8ff",
    accent_text="#0b1020",
    accent_soft="#1e3358",
    error="#ff9a91",
    error_soft="#4a1512",
    good="#6fd28c",
    truth="#eef0f4",
    forecast="#ff9d5c",
    persistence="#6ea8ff",
    training="#9aa3b2",
    raw_loss="#3f5a86",
    loss="#6ea8ff",
    held_out_loss="#ff9d5c",
    positive="#e0662a",
    negative="#3f7fe8",
    glow="#6b5410",
)
_KEY = "dark"


def settings() -> QSettings:
    """What is remembered from one start to the next."""
    return QSettings("RNN Studio", "RNN Studio")


def is_dark() -> bool:
    """Whether the user wants dark colours."""
    return bool(settings().value(_KEY, False, type=bool))


def keep_dark(dark: bool) -> None:
    """Remember for the next start whether the user wants dark colours."""
    settings().setValue(_KEY, dark)


THEME = DARK if is_dark() else LIGHT
"""The theme of this run: it is chosen once, at the start."""


def apply(app: QApplication) -> None:
    """Give the application its style, palette, font and style sheet."""
    app.setStyle("Fusion")
    app.setPalette(_palette())
    font = QFont(app.font())
    font.setPointSize(THEME.font_points)
    app.setFont(font)
    app.setStyleSheet(_style_sheet())


def formula_font(points: int = THEME.formula_points) -> QFont:
    """A fixed-width font for formulas and numbers."""
    font = QFont("DejaVu Sans Mono")
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSize(points)
    return font


def symbol_font(points: int) -> QFont:
    """A serif font with italics, in which formulas look as they do in books."""
    font = QFont()
    font.setFamilies(["STIX Two Text", "Cambria", "Palatino", "P052", "DejaVu Serif", "serif"])
    font.setPointSize(points)
    return font


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in (
        (role.Window, THEME.window),
        (role.Base, THEME.panel),
        (role.AlternateBase, THEME.window),
        (role.Button, THEME.window),
        (role.Light, THEME.border),  # the line under a row of tabs
        (role.Text, THEME.text),
        (role.WindowText, THEME.text),
        (role.ButtonText, THEME.text),
        (role.PlaceholderText, THEME.muted),
        (role.ToolTipBase, THEME.panel),
        (role.ToolTipText, THEME.text),
        (role.Highlight, THEME.accent),
        (role.HighlightedText, THEME.accent_text),
    ):
        palette.setColor(where, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for where in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, where, QColor(THEME.training))
    return palette


def _style_sheet() -> str:
    return f"""
        QLabel[role="heading"] {{ font-size: {THEME.heading_points}pt; font-weight: 600; }}
        QLabel[role="muted"] {{ color: {THEME.muted}; font-size: {THEME.small_points}pt; }}
        QLabel[role="error"], QFrame[role="error"] {{
            color: {THEME.error}; background: {THEME.error_soft};
            border: 1px solid {THEME.error}; border-radius: 4px; padding: 6px;
        }}
        QFrame[role="error"] QWidget {{ background: transparent; color: {THEME.error}; }}
        QLabel[role="notice"] {{
            color: {THEME.text}; background: {THEME.glow}; border-radius: 4px; padding: 3px 6px;
        }}
        QPushButton[role="primary"] {{ padding: 5px 14px; font-weight: 600; }}
        QPushButton[role="primary"]:enabled {{
            background: {THEME.accent}; color: {THEME.accent_text};
            border: 1px solid {THEME.accent}; border-radius: 4px;
        }}
        QCheckBox::indicator:unchecked, QListView::indicator:unchecked,
        QTableView::indicator:unchecked {{
            background: {THEME.panel}; border: 1px solid {THEME.muted}; border-radius: 2px;
            width: {THEME.box}px; height: {THEME.box}px;
        }}
        QPushButton[role="primary"]:focus {{ border: 2px solid {THEME.text}; }}
    """
