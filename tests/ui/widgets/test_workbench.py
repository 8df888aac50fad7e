"""The thing, the rail and the drawer, at every width and size of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.shell import remembered
from rnnstudio.ui.theme import appearance, motion
from rnnstudio.ui.theme.tokens import DESK, Theme, sizes
from rnnstudio.ui.user_settings import kept_in
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage
from rnnstudio.ui.widgets.workbench import Workbench

SECTIONS = ("scene", "numbers", "check")


class Bench(Workbench):
    """A workbench with three sections on its rail and one that a link opens."""

    def __init__(self) -> None:
        super().__init__(QPushButton("thing"))
        self.fields = {key: QLineEdit(key) for key in SECTIONS}
        for key, name in zip(SECTIONS, ("sliders", "grid", "bug"), strict=True):
            content = QWidget()
            layout = QVBoxLayout(content)
            layout.addWidget(self.fields[key])
            tall = QLabel("\n" * 20)
            layout.addWidget(tall)
            self.add_section(key, key.title(), name, content)
        self.add_section("terms", "All terms", "", QLabel("terms"))


class Tab(TabPage):
    """A tab of one page."""

    def page_entries(self) -> tuple[PageEntry, ...]:
        return (PageEntry("home"),)

    def page_place(self) -> int:
        return 0

    def turn_to(self, place: int) -> None:
        pass


def shown(qtbot: QtBot, width: int, height: int = 660) -> Bench:
    bench = Bench()
    qtbot.addWidget(bench)
    bench.resize(width, height)
    bench.show()
    bench.activateWindow()
    qtbot.waitUntil(bench.isActiveWindow)
    return bench


@pytest.fixture
def large_text(fresh_look: None) -> Iterator[None]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.apply(app, Theme(sizes=DESK.times(3)))
    return


def place(bench: Workbench, widget: QWidget) -> tuple[int, int]:
    """Where a widget begins and ends within the workbench, from the left."""
    left = widget.mapTo(bench, widget.rect().topLeft()).x()
    return left, left + widget.width()


def test_that_a_button_opens_the_drawer_beside_the_thing_and_folds_it_again(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    assert bench.rail.width() == sizes().rail
    assert not bench.drawer.isVisible()
    assert bench.thing.width() == 1280 - sizes().rail
    qtbot.mouseClick(bench.rail.buttons["scene"], Qt.MouseButton.LeftButton)
    assert bench.drawer.width() == sizes().drawer
    assert place(bench, bench.thing)[1] <= place(bench, bench.drawer)[0]
    assert bench.rail.buttons["scene"].isChecked()
    qtbot.mouseClick(bench.rail.buttons["scene"], Qt.MouseButton.LeftButton)
    assert not bench.drawer.isVisible()
    assert not bench.rail.buttons["scene"].isChecked()


def test_that_each_button_brings_its_section_into_sight(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    for key in ("check", "scene", "numbers"):
        bench.open_section(key)
        field = bench.fields[key]
        qtbot.waitUntil(lambda field=field: not field.visibleRegion().isEmpty())
        assert bench.shows(key)
        assert [name for name, each in bench.rail.buttons.items() if each.isChecked()] == [key]


def test_that_a_section_without_a_button_is_shown_alone(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    bench.open_section("scene")
    with qtbot.waitSignal(bench.section_changed) as changed:
        bench.open_section("terms")
    assert changed.args == ["terms"]
    assert [key for key in bench.titles if bench.shows(key)] == ["terms"]
    bench.open_section("check")
    assert [key for key in bench.titles if bench.shows(key)] == list(SECTIONS)


def test_that_the_drawer_of_a_narrow_window_lies_over_the_thing_and_icons_have_tips(
    qtbot: QtBot,
) -> None:
    bench = shown(qtbot, 1024, 620)
    assert bench.rail.width() == sizes().rail_narrow
    assert bench.rail.buttons["scene"].toolTip() == "Scene"
    whole = bench.thing.width()
    bench.open_section("numbers")
    assert bench.thing.width() == whole
    left, right = place(bench, bench.drawer)
    assert right - left == sizes().drawer
    assert right == 1024 - sizes().rail_narrow
    bench.resize(1280, 660)
    assert bench.drawer.isVisible()
    assert place(bench, bench.thing)[1] <= place(bench, bench.drawer)[0]


def test_that_the_drawer_stands_open_in_a_wide_window_until_it_is_folded(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    bench.open_section("")  # as a session does in which it was never opened
    bench.resize(1920, 1000)
    assert bench.shown == "scene"
    bench.fold()
    bench.resize(1900, 1000)
    assert not bench.drawer.isVisible()


def test_that_the_drawer_opens_again_where_it_was_open(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    bench.open_section("check")
    for expected in ("", "check", ""):
        bench.toggle()
        assert bench.shown == expected


def test_that_the_focus_is_never_lost_in_a_folded_drawer(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    bench.open_section("numbers")
    bench.fields["numbers"].setFocus()
    bench.toggle()
    assert QApplication.focusWidget() is bench.rail.buttons["numbers"]


def test_that_the_largest_text_leaves_the_thing_its_width_and_keeps_the_sections_whole(
    qtbot: QtBot, large_text: None
) -> None:
    bench = shown(qtbot, 1280)
    assert not bench.rail.isVisible()
    assert bench.thing.width() == 1280
    bench.open_section("scene")
    assert place(bench, bench.drawer) == (1280 - sizes().drawer, 1280)
    field = bench.fields["scene"]
    assert place(bench, field)[1] <= 1280
    assert place(bench, field)[0] >= 1280 - sizes().drawer


def test_that_width_section_and_folding_come_back_for_each_tab(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with kept_in(tmp_path / "settings.ini"):
        tab, other = Tab(), Tab()
        for each in (tab, other):
            qtbot.addWidget(each)
            QVBoxLayout(each).addWidget(Bench())
            each.resize(1280, 660)
        first, second = (each.findChildren(Workbench)[0] for each in (tab, other))
        first.open_section("check")
        first.set_drawer_width(400)
        remembered.keep_layout("inspector", tab)
        remembered.restore_layout("names", other)
        assert second.shown == ""
        remembered.restore_layout("inspector", other)
        assert second.shown == "check"
        assert second.drawer_width == 400


def test_that_before_a_class_only_the_thing_is_left_and_all_comes_back(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    bench.open_section("numbers")
    bench.set_bare(True)
    assert bench.thing.width() == 1280
    assert not bench.rail.isVisible()
    bench.open_section("terms")
    assert bench.drawer.isVisible()
    assert bench.thing.width() == 1280
    bench.set_bare(False)
    assert bench.shown == "numbers"
    assert bench.rail.isVisible()


def test_that_every_button_has_a_name_for_a_screen_reader(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1024)
    assert [each.accessibleName() for each in bench.rail.buttons.values()] == [
        "Scene",
        "Numbers",
        "Check",
    ]
    assert bench.drawer.accessibleName() == "Drawer"


def test_that_the_drawer_slides_over_the_thing_and_then_stands_beside_it(qtbot: QtBot) -> None:
    motion.keep_reduced(False)
    bench = shown(qtbot, 1280)
    whole = bench.thing.width()
    bench.open_section("numbers")
    bench.fields["numbers"].setFocus()
    qtbot.waitUntil(lambda: 0 < place(bench, bench.drawer)[0] < whole)
    qtbot.waitUntil(lambda: bench.thing.width() < whole)
    assert place(bench, bench.drawer)[1] == 1280 - sizes().rail
    assert bench.fields["numbers"].hasFocus()
    bench.fold()
    qtbot.waitUntil(lambda: not bench.drawer.isVisible())
    qtbot.waitUntil(lambda: bench.thing.width() == whole)


def test_that_the_focus_stays_in_a_drawer_that_goes_over_the_thing(qtbot: QtBot) -> None:
    bench = shown(qtbot, 1280)
    bench.open_section("numbers")
    bench.fields["numbers"].setFocus()
    for width in (1024, 1280):
        bench.resize(width, 660)
        assert bench.fields["numbers"].hasFocus()
