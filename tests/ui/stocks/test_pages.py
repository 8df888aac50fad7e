"""Pages under one row of tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rnnstudio.ui.stocks.pages import Pages


def test_that_only_pages_that_share_it_have_the_surroundings(qtbot: QtBot) -> None:
    above, below, first, second = (QLabel(text) for text in ("above", "below", "first", "second"))
    pages = Pages(above, below)
    qtbot.addWidget(pages)
    pages.add("first", first, "First", shares=True)
    pages.add("second", second, "Second", shares=False)
    pages.show()
    assert pages.shown is first
    assert [each.isVisible() for each in (above, first, second, below)] == [True, True, False, True]
    with qtbot.waitSignal(pages.changed):
        qtbot.mouseClick(pages.bar, Qt.MouseButton.LeftButton, pos=pages.bar.tabRect(1).center())
    assert pages.shown is second
    assert [each.isVisible() for each in (above, first, second, below)] == [
        False, False, True, False,
    ]  # fmt: skip
    pages.show_page(first)
    assert above.isVisible()
    assert pages.bar.currentIndex() == 0


def test_that_a_page_out_of_sight_takes_no_room(qtbot: QtBot) -> None:
    small, large = QLabel("small"), QLabel("line\n" * 60)
    pages = Pages(QLabel("above"), QLabel("below"))
    qtbot.addWidget(pages)
    for page in (small, large):
        pages.add("page", page, "Page", shares=False)
    pages.show()
    pages.show_page(small)
    qtbot.waitUntil(lambda: pages.minimumSizeHint().height() < 300)
    pages.show_page(large)
    qtbot.waitUntil(lambda: pages.minimumSizeHint().height() > 600)
    pages.show_page(small)
    qtbot.waitUntil(lambda: pages.minimumSizeHint().height() < 300)
