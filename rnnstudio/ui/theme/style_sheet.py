"""The application's style sheet, made from a theme."""

from __future__ import annotations

from rnnstudio.paths import resource_file
from rnnstudio.ui.theme.tokens import Colours, Theme, TypeScale


def style_sheet(theme: Theme) -> str:
    """What Qt is told about widgets; painted ones ask the theme themselves.

    A widget says its part by the property ``role``: heading, sentence, name, verdict, lead (as
    large as a heading), label, muted, quiet (muted and as large as text), error, notice, card, drop
    (where a file may be dropped), bar, question (a class is asked there), lesson, primary (the one
    violet button of a page), plain (a button without a frame), ledger (a button with a count),
    segment (one of a few choices), link.
    """
    parts = (_words, _surfaces, _buttons, _sliders, _bar, _rail, _lists)
    return (
        "".join(part(theme.colours, theme.sizes) for part in parts) + _boxes(theme) + _fields(theme)
    )


def _words(c: Colours, s: TypeScale) -> str:
    """Text by its part on the page."""
    return f"""
        QLabel[role="heading"] {{ font-size: {s.heading}px; font-weight: 700; }}
        QLabel[role="sentence"] {{ font-size: {s.sentence}px; font-weight: 700; }}
        QLabel[role="name"] {{ font-size: {s.name}px; font-weight: 700; }}
        QLabel[role="verdict"] {{ font-size: {s.verdict}px; font-weight: 700; }}
        QLabel[role="verdict"][state="good"] {{ color: {c.good}; }}
        QLabel[role="verdict"][state="bad"] {{ color: {c.bad}; }}
        QLabel[role="lead"] {{ font-size: {s.heading}px; }}
        QLabel[role="label"] {{ font-size: {s.label}px; }}
        QLabel[role="muted"] {{ color: {c.muted}; font-size: {s.label}px; }}
        QLabel[role="status"] {{
            color: {c.ink}; background: {c.panel}; font-size: {s.label}px;
            border: 1px solid {c.hairline}; border-radius: {s.radius}px;
            padding: {s.quarter_gap}px {s.gap}px;
        }}
        QLabel[role="quiet"] {{ color: {c.muted}; }}
        QLabel[role="error"], QFrame[role="error"] {{
            color: {c.bad}; background: {c.bad_soft};
            border: 1px solid {c.bad}; border-radius: {s.radius}px; padding: {s.half_gap}px;
        }}
        QFrame[role="error"] QWidget {{ background: transparent; color: {c.bad}; }}
        QLabel[role="notice"] {{
            color: {c.ink}; background: {c.sunken}; font-size: {s.label}px;
            border-radius: {s.radius}px; padding: 0 {s.half_gap}px;
        }}
    """


def _surfaces(c: Colours, s: TypeScale) -> str:
    """What other things stand on."""
    return f"""
        QFrame[role="card"] {{
            background: {c.panel}; border: 1px solid {c.hairline}; border-radius: {s.card_radius}px;
        }}
        QFrame[role="drop"] {{
            background: {c.panel}; border: 2px dashed {c.outline};
            border-radius: {s.card_radius}px;
        }}
        QFrame[role="lesson"] {{
            background: {c.panel}; border: 0; border-right: 1px solid {c.hairline};
        }}
        QWidget[role="question"] {{ background: {c.panel}; border-top: 2px solid {c.you}; }}
        QProgressBar {{
            background: {c.sunken}; color: {c.ink}; border: 1px solid {c.hairline};
            border-radius: {s.half_gap}px; min-height: {s.gap}px; max-height: {s.gap}px;
        }}
        QProgressBar::chunk {{ background: {c.network}; border-radius: {s.half_gap - 1}px; }}
        QListWidget {{ border: 1px solid {c.hairline}; }}
    """


def _buttons(c: Colours, s: TypeScale) -> str:
    """Buttons, the one violet one among them."""
    return f"""
        QPushButton {{
            background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline};
            border-radius: {s.radius}px; padding: {s.half_gap}px {s.gap}px;
        }}
        QPushButton:hover {{ background: {c.you_soft}; }}
        QPushButton:pressed, QPushButton:checked {{ background: {c.you_soft}; }}
        QPushButton:disabled {{
            background: {c.sunken}; color: {c.muted}; border: 1px solid {c.hairline};
        }}
        QPushButton[answer="good"] {{ border: 2px solid {c.good}; background: {c.good_soft}; }}
        QPushButton[answer="bad"] {{ border: 2px solid {c.bad}; background: {c.bad_soft}; }}
        QPushButton[role="primary"]:enabled {{
            background: {c.you}; color: {c.on_you}; border: 1px solid {c.you}; font-weight: 700;
        }}
        QWidget[lesson="true"] QPushButton[role="primary"]:enabled {{
            background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline}; font-weight: 400;
        }}
        QWidget[lesson="true"] QPushButton[role="primary"]:enabled:hover {{
            background: {c.you_soft};
        }}
        QPushButton[role="link"] {{
            background: transparent; color: {c.you}; border: 0; padding: 0;
            font-size: {s.label}px; text-decoration: underline;
        }}
        QPushButton[role="link"]:hover, QPushButton[role="link"]:pressed {{ color: {c.ink}; }}
        QPushButton[role="page"] {{
            background: {c.panel}; border: 1px solid {c.hairline};
            border-radius: {s.card_radius}px;
        }}
        QPushButton[role="page"]:hover {{ background: {c.you_soft}; }}
        QPushButton[role="page"] QLabel {{ background: transparent; }}
        QPushButton[role="ledger"] {{ text-align: left; border: 1px solid {c.hairline}; }}
        QPushButton[role="ledger"][state="good"] {{ background: {c.good_soft}; }}
        QPushButton[role="ledger"][state="bad"] {{ background: {c.bad_soft}; }}
        QPushButton[role="plain"] {{
            background: transparent; border: 1px solid transparent;
        }}
        QPushButton[role="plain"]:hover {{ background: {c.you_soft}; }}
        QToolButton[role="segment"] {{
            background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline};
            padding: 0 0 2px 0;
        }}
        QToolButton[role="segment"][end="middle"], QToolButton[role="segment"][end="right"] {{
            border-left: 0;
        }}
        QToolButton[role="segment"][end="between"], QToolButton[role="segment"][end="bottom"] {{
            border-top: 0;
        }}
        QToolButton[role="segment"][end="top"] {{
            border-top-left-radius: {s.radius}px; border-top-right-radius: {s.radius}px;
        }}
        QToolButton[role="segment"][end="bottom"] {{
            border-bottom-left-radius: {s.radius}px; border-bottom-right-radius: {s.radius}px;
        }}
        QToolButton[role="segment"][end="left"] {{
            border-top-left-radius: {s.radius}px; border-bottom-left-radius: {s.radius}px;
        }}
        QToolButton[role="segment"][end="right"] {{
            border-top-right-radius: {s.radius}px; border-bottom-right-radius: {s.radius}px;
        }}
        QToolButton[role="segment"]:hover {{ background: {c.you_soft}; }}
        QToolButton[role="segment"]:checked {{
            background: {c.you_soft}; border-bottom: 3px solid {c.you}; font-weight: 700;
            padding: 0;
        }}
    """


def _sliders(c: Colours, s: TypeScale) -> str:
    """Sliders: what lies before the handle has the colour of what a person chose."""
    groove, handle = s.half_gap, s.mark + s.quarter_gap
    return f"""
        QSlider {{ min-height: {max(handle, s.target)}px; }}
        QSlider::groove:horizontal {{
            background: {c.outline}; height: {groove}px; border-radius: {groove // 2}px;
        }}
        QSlider::sub-page:horizontal {{
            background: {c.you}; height: {groove}px; border-radius: {groove // 2}px;
        }}
        QSlider::handle:horizontal {{
            background: {c.you}; width: {handle}px; height: {handle}px;
            margin: {(groove - handle) // 2}px 0; border-radius: {handle // 2}px;
        }}
        QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{
            background: {c.outline};
        }}
    """


def _bar(c: Colours, s: TypeScale) -> str:
    """The window's bar."""
    return f"""
        QWidget[role="bar"] {{
            background: {c.panel}; border: 0; border-bottom: 1px solid {c.hairline};
        }}
        QToolButton[role="bar"] {{ border: 0; border-radius: {s.radius}px; }}
        QToolButton[role="bar"]::menu-indicator {{ image: none; }}
        QToolButton[role="bar"]:hover {{ background: {c.you_soft}; }}
        QTabBar[role="navigation"]::tab {{
            background: {c.panel}; color: {c.muted}; border: 0; border-bottom: 3px solid {c.panel};
            padding: 0 {2 * s.gap}px; height: {s.bar - 4}px;
        }}
        QTabBar[role="navigation"]::tab:selected {{
            color: {c.ink}; font-weight: 700; border-bottom: 3px solid {c.you};
        }}
        QTabBar[role="navigation"]::scroller {{ width: {s.target}px; }}
        QTabBar[role="navigation"] QToolButton {{ background: {c.panel}; border: 0; }}
        QTabBar[role="navigation"][away="true"]::tab:selected {{
            color: {c.muted}; font-weight: 400; border-bottom: 3px solid {c.panel};
        }}
    """


def _rail(c: Colours, s: TypeScale) -> str:
    """The rail at the right edge, and the drawer that it opens."""
    return f"""
        QWidget[role="rail"] {{ background: {c.panel}; border-left: 1px solid {c.hairline}; }}
        QWidget[role="rail"] QToolButton {{
            background: {c.panel}; color: {c.ink}; border: 0; border-left: 3px solid {c.panel};
            font-size: {s.label}px; padding: {s.gap}px 0;
        }}
        QWidget[role="rail"] QToolButton:hover {{ background: {c.you_soft}; }}
        QWidget[role="rail"] QToolButton:checked {{
            background: {c.you_soft}; border-left: 3px solid {c.you}; font-weight: 700;
        }}
        QScrollArea[role="drawer"] {{
            background: {c.panel}; border: 0; border-left: 1px solid {c.hairline};
        }}
        QWidget[role="sections"] {{ background: {c.panel}; }}
        QFrame[role="line"] {{ background: {c.hairline}; border: 0; }}
    """


def _lists(c: Colours, s: TypeScale) -> str:
    """Heads of tables, menus, keys and tips."""
    return f"""
        QHeaderView::section, QTableCornerButton::section {{
            background: {c.window}; color: {c.ink}; border: 0;
            border-bottom: 1px solid {c.hairline}; padding: {s.half_gap}px;
        }}
        QMenu {{ background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline}; }}
        QMenu::item {{ padding: {s.gap}px {s.margin}px; }}
        QMenu::item:selected {{ background: {c.you_soft}; color: {c.ink}; }}
        QMenu::item:disabled {{ color: {c.muted}; }}
        QWidget[role="entry"] {{ background: {c.panel}; }}
        QWidget[role="entry"][lit="true"] {{ background: {c.you_soft}; }}
        QLabel[role="clear"] {{ background: transparent; }}
        QLabel[role="entry"] {{ background: transparent; font-weight: 700; }}
        QLabel[role="key"] {{
            background: transparent; color: {c.ink}; font-size: {s.label}px;
            border: 1px solid {c.outline}; border-radius: {s.radius}px;
            padding: {s.quarter_gap}px {s.half_gap}px;
        }}
        QMenu::separator {{ height: 1px; background: {c.hairline}; margin: {s.half_gap}px 0; }}
        QToolTip {{
            background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline};
            padding: {s.half_gap}px;
        }}
    """


def _boxes(theme: Theme) -> str:
    """Boxes to tick; a tick has the colour ``on_you``, and is a file because Qt asks for one."""
    c, s = theme.colours, theme.sizes
    tick = resource_file(f"icons/tick-{'dark' if theme.dark else 'light'}.svg").as_posix()
    return f"""
        QCheckBox::indicator, QListView::indicator, QTableView::indicator {{
            background: {c.panel}; border: 1px solid {c.outline}; border-radius: 2px;
            width: {s.mark}px; height: {s.mark}px;
        }}
        QCheckBox::indicator:checked, QListView::indicator:checked,
        QTableView::indicator:checked {{
            background: {c.you}; border: 1px solid {c.you}; image: url("{tick}");
        }}
        QCheckBox::indicator:checked:disabled, QListView::indicator:checked:disabled,
        QTableView::indicator:checked:disabled {{
            background: {c.outline}; border: 1px solid {c.outline};
        }}
    """


def _fields(theme: Theme) -> str:
    """Where a person types or chooses, and the sliders of a drawer.

    The arrows are files because Qt asks for some.
    """
    c, s = theme.colours, theme.sizes
    down, up = (
        resource_file(f"icons/chevron-{way}-{'dark' if theme.dark else 'light'}.svg").as_posix()
        for way in ("down", "up")
    )
    here = 'QWidget[role="sections"]'
    return f"""
        QComboBox, QLineEdit, QAbstractSpinBox {{
            background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline};
            border-radius: {s.radius}px; padding: 0 {s.half_gap}px; min-height: {s.target}px;
        }}
        QPlainTextEdit {{
            background: {c.panel}; color: {c.ink}; border: 1px solid {c.outline};
            border-radius: {s.radius}px;
        }}
        QTableView QLineEdit, QAbstractSpinBox QLineEdit {{
            border: 0; border-radius: 0; padding: 0; min-height: 0;
        }}
        QComboBox:disabled, QLineEdit:disabled, QAbstractSpinBox:disabled {{
            background: {c.sunken}; color: {c.muted}; border: 1px solid {c.hairline};
        }}
        QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: {s.mark}px; }}
        QComboBox::down-arrow, QDateEdit::down-arrow {{
            image: url("{down}"); width: {s.mark}px; height: {s.mark}px;
        }}
        QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
            background: transparent; border: 0; width: {s.mark}px; subcontrol-origin: border;
        }}
        QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
        QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
        QAbstractSpinBox::up-arrow {{
            image: url("{up}"); width: {s.label}px; height: {s.label}px;
        }}
        QAbstractSpinBox::down-arrow {{
            image: url("{down}"); width: {s.label}px; height: {s.label}px;
        }}
        {here} QSlider {{ min-height: {s.target}px; }}
        {here} QSlider::groove:horizontal {{
            background: {c.outline}; height: {s.half_gap}px; border-radius: {s.quarter_gap}px;
        }}
        {here} QSlider::handle:horizontal {{
            background: {c.you}; width: {s.mark}px; height: {s.mark}px;
            margin: -{(s.mark - s.half_gap) // 2}px 0; border-radius: {s.mark // 2}px;
        }}
    """
