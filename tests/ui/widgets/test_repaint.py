from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.repaint import Repainter


def test_that_of_many_states_the_newest_is_shown_once(qtbot: QtBot) -> None:
    parent, shown = QObject(), []
    repainter: Repainter[int] = Repainter(shown.append, parent)
    for state in range(100):
        repainter.put(state)
    assert shown == []
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [99]


def test_that_a_flush_shows_what_waits_and_then_nothing_more(qtbot: QtBot) -> None:
    parent, shown = QObject(), []
    repainter: Repainter[str] = Repainter(shown.append, parent)
    repainter.put("end")
    repainter.flush()
    repainter.flush()
    qtbot.wait(60)
    assert shown == ["end"]
