"""Keys of a page: what is listed acts, and what acts is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from rnnstudio.ui.theme.tokens import theme

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_CLICKER = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_WITH_SHIFT = {"!": 1, "@": 2, '"': 2, "#": 3, "§": 3, "£": 3, "·": 3, "$": 4, "¤": 4}
_WITHOUT_SHIFT = {"&": 1, "é": 2, '"': 3, "'": 4}
"""What the keys of the first four digits write besides them, on the layouts that there are."""


@dataclass(frozen=True)
class PageKey:
    """Keys as Qt writes them (``"Space"``, ``"PgDown"``, ``"Shift+1"``), and what each does.

    ``sentence`` says it; keys with the same sentence stand together where they are listed.
    """

    keys: tuple[str, ...]
    sentence: str
    act: Callable[[], object]


def press(keys: Iterable[PageKey], event: QKeyEvent) -> bool:
    """Do what the pressed key is listed for; whether it is listed."""
    modifiers = event.modifiers() & ~_KEYPAD
    pressed = [QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))]
    if digit := _digit(event):
        pressed.append(QKeySequence(digit))
    for each in keys:
        if any(QKeySequence(key) in pressed for key in each.keys):
            each.act()
            return True
    return False


def _digit(event: QKeyEvent) -> str:
    """The digit on the key that was pressed, as ``"Shift+1"``, where it writes something else.

    Qt says of a key what it writes: "!" for Shift+1 on most layouts, "&" for 1 on a French one.
    """
    shift = Qt.KeyboardModifier.ShiftModifier
    if event.modifiers() == shift:
        digit = _WITH_SHIFT.get(event.text())
        return f"Shift+{digit}" if digit else ""
    digit = None if event.modifiers() else _WITHOUT_SHIFT.get(event.text())
    return f"{digit}" if digit else ""


def is_typed_in(widget: QWidget | None) -> bool:
    """Whether letters that are pressed become a text of this widget."""
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QLineEdit | QAbstractSpinBox | QComboBox)


class KeysBefore(QObject):
    """Gives a page its keys where Qt's own widget would do something else with them.

    Return presses the button that has the focus, as Space does. Arrows on a button or a scene, and
    a clicker's keys in front of a class, are the page's: Qt would move the focus, or scroll.
    """

    def __init__(self, page: QWidget, keys: Callable[[], Iterable[PageKey]]) -> None:
        super().__init__(page)
        self._page, self._keys = page, keys
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key before the widget that has the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        pressing = event.key() in _PRESSING
        if isinstance(watched, QAbstractButton) and pressing:
            if event.key() == Qt.Key.Key_Space:
                return False
            if not event.isAutoRepeat():
                watched.click()
            return True
        clicker = theme().in_class and event.key() in _CLICKER
        if not (isinstance(watched, QAbstractButton | QGraphicsView) or clicker):
            return False
        typed_in = isinstance(watched, QWidget) and is_typed_in(watched)
        return not typed_in and press(self._keys(), event)

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and self._page.isAncestorOf(new):
            new.installEventFilter(self)
