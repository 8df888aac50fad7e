"""Sliders say where they stand, with the marks of the language that is spoken."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox


@pytest.mark.parametrize(("code", "shown"), [("en", "−2.5"), ("id", "−2,5")])
def test_that_a_slider_says_its_number_in_the_language_that_is_spoken(
    qtbot: QtBot, code: str, shown: str
) -> None:
    language.choose(code)
    try:
        box = DialBox("Bias", Dial(-3, 6, 0.25, 3), (-3, 0, 6))
        qtbot.addWidget(box)
        with qtbot.waitSignal(box.changed):
            box.set_value(-2.5)
        assert box.slider.accessibleDescription() == shown
        box.set_value(99)
        assert box.value() == 6
    finally:
        language.choose("en")
