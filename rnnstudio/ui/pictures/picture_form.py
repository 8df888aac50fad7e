"""The form of a picture: what it has besides the thing, as which file, saved or copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.ui.pictures.animation_form import AnimationForm
from rnnstudio.ui.pictures.picture_file import PictureKind, clipboard_picture, write_picture
from rnnstudio.ui.theme.tokens import sizes, theme
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture


@dataclass(frozen=True)
class _PartLabel:
    """What a part is called, and what is said of it."""

    text: str
    tip: str


class PictureForm(QWidget):
    """Makes pictures of what is in sight, which ``view`` gives.

    ``written(sentence)``: what was written; what could not be is said in the form.
    """

    written = Signal(str)

    def __init__(self, view: Callable[[], ViewPicture], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._by_hand: dict[PicturePart, bool] = {}
        """Which parts somebody wanted or did not; of the others each view has its own."""
        self.boxes = {part: self._box(part, words) for part, words in self._part_words().items()}
        self._offered: tuple[PicturePart, ...] = ()
        self.kind = QComboBox()
        self.on_screen = QCheckBox(self.tr("Dark, as on the screen"))
        self.save_button = QPushButton(self.tr("Save the picture …"))
        self.copy_button = QPushButton(self.tr("Copy"))
        self.animation = AnimationForm()
        self.error = ErrorBox(self)
        self._dress()
        self._lay_out()
        self.save_button.clicked.connect(self._ask)
        self.copy_button.clicked.connect(self.copy)
        self.animation.written.connect(self._end)
        self.animation.refused.connect(self.error.show_text)
        self.error.closed.connect(partial(self.error.show_text, ""))

    def refresh(self) -> None:
        """Offer what the view in sight has."""
        view = self.view()
        offered = view.offered
        if offered != self._offered:
            self._place_boxes(offered)
        for part, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(self._by_hand.get(part, part in view.usual))
            box.blockSignals(False)
        self.on_screen.setVisible(theme().dark)
        self.animation.show_animation(view.animation)

    @property
    def chosen(self) -> frozenset[PicturePart]:
        """The parts that a picture of the view in sight has."""
        usual = self.view().usual
        return frozenset(p for p in PicturePart if self._by_hand.get(p, p in usual))

    def save(self, path: Path) -> None:
        """Write the picture, as the name's end says."""
        kind: PictureKind = self.kind.currentData()
        if path.suffix.lower() != kind.suffix:
            kind = next((k for k in PictureKind if k.suffix == path.suffix.lower()), kind)
        try:
            write_picture(
                path, self.view(), kind, self.chosen, as_on_screen=self.on_screen.isChecked()
            )
        except UserError as error:
            self.error.show_text(language.text(error.message))
        else:
            self._end(language.filled(self.tr("Written to {0}."), path))

    @Slot()
    def copy(self) -> None:
        """Put the picture into the clipboard."""
        data = clipboard_picture(self.view(), self.chosen, as_on_screen=self.on_screen.isChecked())
        QApplication.clipboard().setMimeData(data)
        self._end(self.tr("The picture is in the clipboard."))

    def shutdown(self) -> bool:
        """Stop what is being made."""
        self.animation.stop()
        return True

    @Slot(str)
    def _end(self, sentence: str) -> None:
        """Something was written."""
        self.error.show_text("")
        self.written.emit(sentence)

    @Slot()
    def _ask(self) -> None:
        kind: PictureKind = self.kind.currentData()
        kinds = language.filled(self.tr("Pictures ({0})"), f"*{kind.suffix}")
        path = ask_save(self, self.tr("Save"), f"{self.view().name}{kind.suffix}", kinds)
        if path is not None:
            self.save(path)

    def _place_boxes(self, offered: tuple[PicturePart, ...]) -> None:
        """Those of the offered parts, two in a row."""
        self._offered = offered
        for part, box in self.boxes.items():
            self._grid.removeWidget(box)
            box.setVisible(part in offered)
        for place, part in enumerate(offered):
            self._grid.addWidget(self.boxes[part], place // 2, place % 2)

    def _choose(self, part: PicturePart, wanted: bool) -> None:
        self._by_hand[part] = wanted

    def _box(self, part: PicturePart, words: _PartLabel) -> QCheckBox:
        box = QCheckBox(words.text, self)
        box.hide()
        box.setToolTip(words.tip)
        box.setAccessibleDescription(words.tip)
        box.setMinimumHeight(sizes().target)
        box.toggled.connect(partial(self._choose, part))
        return box

    def _part_words(self) -> dict[PicturePart, _PartLabel]:
        above, below = self.tr("Stands above the picture."), self.tr("Stands below the picture.")
        card = self.tr("Stands on the card at the box.")
        return {
            PicturePart.TITLE: _PartLabel(self.tr("Title"), above),
            PicturePart.SENTENCE: _PartLabel(self.tr("Sentence"), above),
            PicturePart.SHARE: _PartLabel(self.tr("Share"), above),
            PicturePart.DAYS: _PartLabel(self.tr("Days"), above),
            PicturePart.VERDICT: _PartLabel(self.tr("Verdict"), above),
            PicturePart.FORMULA: _PartLabel(self.tr("Formula"), card),
            PicturePart.NUMBERS: _PartLabel(self.tr("Numbers put in"), card),
            PicturePart.TABLE: _PartLabel(self.tr("Table of numbers"), below),
        }

    def _dress(self) -> None:
        for kind, text in (
            (PictureKind.PNG_2, self.tr("PNG, 2 times as sharp")),
            (PictureKind.PNG_4, self.tr("PNG, 4 times as sharp")),
            (PictureKind.SVG, self.tr("SVG, a drawing")),
            (PictureKind.PDF, self.tr("PDF, a drawing")),
        ):
            self.kind.addItem(text, kind)
        self.kind.setMinimumHeight(sizes().control)
        self.kind.setAccessibleName(self.tr("Kind of file"))
        self.kind.setAccessibleDescription(self.tr("Pixels for any program, or lines and letters."))
        self.on_screen.setMinimumHeight(sizes().target)
        light = self.tr("Otherwise a picture is light, as slides and paper are.")
        self.on_screen.setToolTip(light)
        self.on_screen.setAccessibleDescription(light)
        line = self.tr("What is in sight, without its controls.")
        self.save_button.setAccessibleDescription(line)
        self.copy_button.setAccessibleDescription(line)
        for button in (self.save_button, self.copy_button):
            button.setMinimumHeight(sizes().control)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        said = self.tr("A picture of what is in sight, without its controls, with:")
        layout.addWidget(PlainLabel(said, role="muted", wrap=True))
        self._grid = QGridLayout()
        self._grid.setSpacing(sizes().quarter_gap)
        layout.addLayout(self._grid)
        layout.addWidget(self.on_screen)
        layout.addWidget(self.kind)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button, stretch=1)
        buttons.addWidget(self.copy_button)
        layout.addLayout(buttons)
        layout.addSpacing(sizes().half_gap)
        layout.addWidget(self.animation)
