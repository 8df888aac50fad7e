"""A choice shows the hands that were counted for it, and their share."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.choice_button import ChoiceButton, ChoiceFace
from tests.ui.renderings import picture


@pytest.mark.parametrize(
    "share", ["100\N{NARROW NO-BREAK SPACE}%", "99.7\N{NARROW NO-BREAK SPACE}%"]
)
def test_that_a_share_is_shown_with_its_first_figure(share: str, qtbot: QtBot) -> None:
    button = ChoiceButton()
    qtbot.addWidget(button)
    button.resize(260, 70)
    button.show_face(ChoiceFace("1", "a", share=share, total=1, revealed=True))
    whole = picture(button)
    button.show_face(ChoiceFace("1", "a", share=share[1:], total=1, revealed=True))
    assert not np.array_equal(whole, picture(button))
