"""A page's keys as keyboards send them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from rnnstudio.ui.widgets.page_keys import PageKey, press

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
NONE, KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("keyboard", "key", "modifiers", "text", "expected"),
    [
        ("any", KEY.Key_1, NONE, "1", "1"),
        ("its number block", KEY.Key_3, KEYPAD, "3", "3"),
        ("English, Indonesian", KEY.Key_Exclam, SHIFT, "!", "Shift+1"),
        ("English, Indonesian", KEY.Key_At, SHIFT, "@", "Shift+2"),
        ("English, Indonesian", KEY.Key_NumberSign, SHIFT, "#", "Shift+3"),
        ("English, Indonesian", KEY.Key_Dollar, SHIFT, "$", "Shift+4"),
        ("German", KEY.Key_QuoteDbl, SHIFT, '"', "Shift+2"),
        ("German", KEY.Key_section, SHIFT, "§", "Shift+3"),
        ("British", KEY.Key_sterling, SHIFT, "£", "Shift+3"),
        ("French", KEY.Key_Ampersand, NONE, "&", "1"),
        ("French", KEY.Key_Eacute, NONE, "é", "2"),
        ("French", KEY.Key_QuoteDbl, NONE, '"', "3"),
        ("French", KEY.Key_Apostrophe, NONE, "'", "4"),
        ("French", KEY.Key_1, SHIFT, "1", "Shift+1"),
        ("any", KEY.Key_1, CONTROL, "", None),
        ("any", KEY.Key_Percent, SHIFT, "%", None),
    ],
)
def test_that_a_digit_s_key_is_known_whatever_it_writes(
    keyboard: str,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    text: str,
    expected: str | None,
) -> None:
    done: list[str] = []
    names = [f"{prefix}{digit}" for prefix in ("", "Shift+") for digit in range(1, 5)]
    keys = [PageKey((name,), name, lambda name=name: done.append(name)) for name in names]
    taken = press(keys, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))
    assert done == ([expected] if expected else []), keyboard
    assert taken is bool(expected)
