"""Both themes can be read, and the window takes on what is chosen, at once and with its work."""

from __future__ import annotations

import re
import struct
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QSpinBox,
    QSplitter,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rnnstudio.paths import resource_file
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.appearance import ColourChoice
from rnnstudio.ui.theme.equal_figures import with_equal_figures
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import DARK, DESK, LIGHT, Colours, Theme, choose, sizes, theme
from rnnstudio.ui.widgets.heat import luminance
from rnnstudio.ui.widgets.labelled_chart import LabelledChart
from tests.ui.renderings import contrast as contrast_to
from tests.ui.renderings import dressed, picture

GROUNDS = ("window", "panel")
SOFT = tuple(field.name for field in fields(Colours) if field.name.endswith("_soft"))
TEXT_ROLES = (
    "ink", "muted", "you", "forget", "input", "candidate", "output", "plus", "minus", "network",
    "yesterday", "held_out", "good", "bad",
)  # fmt: skip


def contrast(colours: Colours, one: str, other: str) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines, 1 to 21."""
    light, dark = sorted(
        (luminance(QColor(getattr(colours, name))) for name in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_that_text_can_be_read_on_its_ground(colours: Colours) -> None:
    for ground in GROUNDS:
        for role in TEXT_ROLES:
            assert contrast(colours, role, ground) >= 4.5, (role, ground)
    for ground in (*SOFT, "sunken", "cover"):
        assert contrast(colours, "ink", ground) >= 4.5, ground
    assert contrast(colours, "on_you", "you") >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_that_an_outline_and_the_focus_ring_stand_out_from_their_ground(colours: Colours) -> None:
    for ground in GROUNDS:
        assert contrast(colours, "outline", ground) >= 3
        assert contrast(colours, "you", ground) >= 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "kind",
    [QLineEdit, QComboBox, QSpinBox, QDateEdit, QPlainTextEdit],
    ids=lambda kind: kind.__name__,
)
def test_that_a_field_on_a_page_has_an_outline_that_can_be_seen(
    kind: type[QWidget], dark: bool, qtbot: QtBot
) -> None:
    with dressed(dark=dark):
        field = kind()
        qtbot.addWidget(field)
        field.show()
        edge = picture(field)[field.height() // 2, :2]
        ground = luminance(QColor((DARK if dark else LIGHT).window))
        assert contrast_to(edge, ground).max() >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_that_no_two_roles_share_a_colour(colours: Colours) -> None:
    chosen = [getattr(colours, field.name) for field in fields(Colours)]
    assert len(set(chosen)) == len(chosen)


@pytest.mark.parametrize("bold", [False, True])
def test_that_figures_are_equally_wide(bold: bool) -> None:
    metrics = QFontMetricsF(words(100, bold=bold))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    assert metrics.horizontalAdvance("1") == pytest.approx(metrics.horizontalAdvance("111") / 3)


def test_that_a_font_without_codes_for_its_figures_is_refused() -> None:
    no_tables = b"\0\1\0\0" + bytes(8)
    cmap = struct.pack(">HH", 0, 0)
    entry = b"cmap" + struct.pack(">III", 0, 28, len(cmap))
    font = no_tables[:4] + struct.pack(">H", 1) + no_tables[6:] + entry + cmap
    with pytest.raises(ValueError, match="no codes for its figures"):
        with_equal_figures(font)


def test_that_no_letters_are_smaller_than_can_be_read() -> None:
    letters = ("label", "text", "heading", "formula", "sentence", "name")
    assert min(getattr(DESK, name) for name in letters) >= 12


def test_that_how_far_something_is_is_a_thin_line(qtbot: QtBot) -> None:
    page, progress = QWidget(), QProgressBar()
    QHBoxLayout(page).addWidget(progress)
    qtbot.addWidget(page)
    page.resize(400, 60)
    page.show()
    assert progress.height() <= sizes().label


def test_that_the_window_takes_on_dark_colours_at_once_and_keeps_its_work(
    qtbot: QtBot, fresh_look: None
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    before = window.studio.session
    inspector, ground = window.inspector, window.grab().toImage().pixelColor(700, 5)
    action(window, "&Dark").trigger()
    assert window.inspector is not inspector
    assert window.studio.session.same_work(before)
    assert not window.studio.unsaved
    assert luminance(window.grab().toImage().pixelColor(700, 5)) < luminance(ground) / 4
    assert appearance.colour_choice() is ColourChoice.DARK
    action(window, "&Light").trigger()
    assert window.grab().toImage().pixelColor(700, 5) == ground
    window.close_unasked()


def test_that_the_parts_of_every_page_keep_their_sizes_when_colours_change(
    qtbot: QtBot, fresh_look: None
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.inspector.workbench.open_section("numbers")
    window.inspector.workbench.set_drawer_width(400)
    assert window.dinosaurs.pages.compare.isHidden()  # built, never seen: it has no sizes to keep
    action(window, "&Dark").trigger()
    assert window.inspector.workbench.shown == "numbers"
    assert window.inspector.workbench.drawer.width() == 400
    window.show_tab(1)
    window.dinosaurs.pages.turn_to("compare")
    assert 0 not in window.dinosaurs.pages.compare.findChildren(QSplitter)[0].sizes()
    window.close_unasked()


def test_that_text_grows_and_shrinks_within_bounds(qtbot: QtBot, fresh_look: None) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    usual = window.inspector.fontMetrics().height()
    for _ in range(3):
        action(window, "&Larger text").trigger()
    assert theme().sizes.text == 18
    assert window.inspector.fontMetrics().height() > 1.2 * usual
    appearance.keep_text_size(290)
    for _ in range(3):
        action(window, "&Larger text").trigger()
    assert theme().sizes.text == 3 * DESK.text
    action(window, "&Usual size of text").trigger()
    assert window.inspector.fontMetrics().height() == usual
    window.close_unasked()


def test_that_the_window_follows_the_system_until_colours_are_chosen(
    qtbot: QtBot, fresh_look: None
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    changed = QGuiApplication.styleHints().colorSchemeChanged
    changed.emit(Qt.ColorScheme.Dark)
    assert theme().dark
    action(window, "&Light").trigger()
    changed.emit(Qt.ColorScheme.Dark)
    assert not theme().dark
    window.close_unasked()


def test_that_a_report_has_the_window_s_colours_light_and_dark() -> None:
    style = resource_file("templates/report.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    assert light.keys() == dark.keys()
    assert light == {name: getattr(LIGHT, name) for name in light}
    assert dark == {name: getattr(DARK, name) for name in dark}
    assert set(re.findall(r"var\(--(\w+)\)", style)) == light.keys()


def action(window: MainWindow, text: str) -> QAction:
    (found,) = (each for each in window.findChildren(QAction) if each.text() == text)
    return found


def test_that_a_chart_keeps_room_for_its_curves_beside_large_text(
    qtbot: QtBot, fresh_look: None
) -> None:
    choose(Theme(sizes=DESK.times(1.5)))
    chart = LabelledChart("Step", "Loss")
    qtbot.addWidget(chart)
    assert chart.minimumHeight() == 225
