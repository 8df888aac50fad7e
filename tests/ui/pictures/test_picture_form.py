"""The form of a picture, pressed as a user does: what it offers, writes, copies and refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.ui.inspector.events import DirectionChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.pictures.animation_form import pixels_of
from rnnstudio.ui.pictures.picture_file import PictureKind
from rnnstudio.ui.pictures.picture_form import PictureForm
from rnnstudio.ui.theme import motion
from rnnstudio.ui.widgets.view_picture import Animation, PicturePart, ViewPicture


def open_form(tab: InspectorTab) -> PictureForm:
    tab.workbench.open_section("export")
    return tab.take_away.pictures


def offered(form: PictureForm) -> set[PicturePart]:
    return {part for part, box in form.boxes.items() if not box.isHidden()}


def test_that_only_what_the_page_in_sight_has_is_offered(tab: InspectorTab) -> None:
    form = open_form(tab)
    assert {PicturePart.TITLE, PicturePart.FORMULA, PicturePart.NUMBERS} <= offered(form)
    assert not form.animation.isHidden()
    tab.pages.turn_to("flow")
    assert offered(form) == {PicturePart.TITLE, PicturePart.SENTENCE, PicturePart.TABLE}
    assert not form.boxes[PicturePart.TABLE].isChecked()
    assert form.animation.isHidden()
    assert form.on_screen.isHidden()  # it is light anyway


def test_that_a_choice_is_kept_from_page_to_page(tab: InspectorTab, qtbot: QtBot) -> None:
    form = open_form(tab)
    box = form.boxes[PicturePart.TITLE]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    tab.pages.turn_to("flow")
    assert not box.isChecked()
    assert PicturePart.TITLE not in form.chosen
    assert PicturePart.SENTENCE in form.chosen


def test_that_the_ending_of_the_name_says_what_is_written(
    tab: InspectorTab, qtbot: QtBot, tmp_path: Path
) -> None:
    form = open_form(tab)
    form.kind.setCurrentIndex(form.kind.findData(PictureKind.PNG_4))
    with qtbot.waitSignal(form.written):
        form.save(tmp_path / "cell.png")
    with qtbot.waitSignal(form.written):
        form.save(tmp_path / "cell.SVG")
    assert (tmp_path / "cell.SVG").read_bytes().startswith(b"<?xml")
    form.kind.setCurrentIndex(form.kind.findData(PictureKind.PNG_2))
    form.save(tmp_path / "small.png")
    large, small = (QImage(str(tmp_path / name)) for name in ("cell.png", "small.png"))
    assert large.size() == 2 * small.size()


def test_when_a_picture_cannot_be_written_a_sentence_says_why_and_nothing_is_left(
    tab: InspectorTab, tmp_path: Path
) -> None:
    form = open_form(tab)
    (tmp_path / "folder.png").mkdir()
    form.save(tmp_path / "folder.png")
    assert "is a folder; give the name of a file" in form.error.text()
    form.animation.save(tmp_path / "folder.png" / "a" / ("x" * 300 + ".gif"))
    assert not form.animation.busy
    assert "cannot be written" in form.error.text()
    assert list((tmp_path / "folder.png").iterdir()) == []


def test_that_a_copied_picture_is_in_the_clipboard_as_pixels_and_as_a_drawing(
    tab: InspectorTab, tmp_path: Path
) -> None:
    form = open_form(tab)
    form.copy_button.click()
    data = QApplication.clipboard().mimeData()
    form.kind.setCurrentIndex(form.kind.findData(PictureKind.PNG_4))
    form.save(tmp_path / "cell.png")
    form.save(tmp_path / "cell.svg")
    saved = QImage(str(tmp_path / "cell.png"))
    assert QApplication.clipboard().image().convertToFormat(saved.format()) == saved
    assert data.data("image/svg+xml").data() == (tmp_path / "cell.svg").read_bytes()
    QApplication.clipboard().clear()


def test_that_everything_has_a_name_and_can_be_reached_by_keys(tab: InspectorTab) -> None:
    form = open_form(tab)
    stops = [*form.boxes.values(), form.kind, form.save_button, form.copy_button]
    for widget in (*stops, form.animation.button, form.animation.stop_button, form.on_screen):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert widget.accessibleName() or widget.text()


class Shades:
    """Three frames, each of one shade, whose number is kept."""

    count = 3

    def __init__(self) -> None:
        self.closed = False

    def image(self, place: int) -> QImage:
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0x102030 * (place + 1))
        return image

    def close(self) -> None:
        self.closed = True


def frames(path: Path) -> list[QImage]:
    reader = QImageReader(str(path))
    return [reader.read() for _ in range(reader.imageCount())]


def test_that_both_passes_are_animated_with_a_frame_for_every_value(
    tab: InspectorTab,
) -> None:
    form = open_form(tab)
    for direction, name in (
        (PassDirection.FORWARD, "forward"),
        (PassDirection.BACKWARD, "backward"),
    ):
        tab.dispatch(DirectionChosen(direction))
        assert name in form.animation.button.text()
        animation = tab.picture().animation
        assert animation is not None
        made = animation.make()
        assert made.count == tab.state.steps * len(tab.state.table)
        read = [made.image(place) for place in (0, 1, made.count - 1)]
        motion.keep_reduced(False)
        made.image(0)
        assert made.image(1) == read[1]  # nothing is on its way in a frame
        motion.keep_reduced(True)
        made.close()
        assert {image.size().toTuple() for image in read} == {(1920, 1080)}
        assert read[0] != read[1]
        assert read[1] != read[2]


def test_that_an_animation_is_read_again_frame_by_frame_in_its_colours(
    qtbot: QtBot, tmp_path: Path
) -> None:
    shades = Shades()
    page = QWidget()
    qtbot.addWidget(page)
    view = ViewPicture(page, "x", animation=Animation("Animate", "x", lambda: shades))
    form = PictureForm(lambda: view)
    qtbot.addWidget(form)
    form.refresh()
    with qtbot.waitSignal(form.written):
        form.animation.save(tmp_path / "a.gif")
    assert shades.closed
    assert QImageReader(str(tmp_path / "a.gif")).loopCount() == -1  # for ever
    read = frames(tmp_path / "a.gif")
    assert [image.pixelColor(20, 15).rgb() & 0xFFFFFF for image in read] == [
        0x102030,
        0x204060,
        0x306090,
    ]
    assert np.ptp(pixels_of(read[1])) == 0


def test_that_an_animation_that_is_stopped_leaves_no_file(
    tab: InspectorTab, qtbot: QtBot, tmp_path: Path
) -> None:
    form = open_form(tab).animation
    form.save(tmp_path / "a.gif")
    qtbot.waitUntil(lambda: form.progress.value() >= 1, timeout=20_000)
    form.stop_button.click()
    assert not form.busy
    assert form.button.isEnabled()
    assert list(tmp_path.iterdir()) == []
