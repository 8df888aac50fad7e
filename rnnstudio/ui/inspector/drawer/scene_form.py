"""The scene: which cell, where its numbers come from, how large it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MEANINGS, MOST, Sizes
from rnnstudio.core.cells.scene_spec import MOST_SEED, SceneSpec, Source
from rnnstudio.core.cells.task import LAST_CAPITAL
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_box import WholeBox

_ELSEWHERE = "elsewhere"
"""In the place of a source: the scene was brought in, the form cannot make it."""


class SceneForm(QWidget):
    """Widgets to a ``SceneSpec``. ``changed(spec)``: the user asked for another scene.

    ``refused(sentence)``: what stands there makes none.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self.cell = QComboBox()
        for cells in (*combinations(CELLS.values(), 1), *combinations(CELLS.values(), 2)):
            names = tuple(cell.name for cell in cells)
            self.cell.addItem(" | ".join(cell.label for cell in cells), names)
        self.source = QComboBox()
        self.source.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._fill_sources()
        self.origin = PlainLabel(role="muted", wrap=True)
        self.edited = PlainLabel(
            self.tr("edited: some numbers are not those named here any more"),
            role="muted",
            wrap=True,
        )
        self.edited.hide()
        self.sizes = {
            name: WholeBox(language.text(MEANINGS[name]).capitalize(), 1, most)
            for name, most in MOST.items()
        }
        self.seed = WholeBox(self.tr("Seed"), 0, MOST_SEED)
        self.text = QLineEdit()
        self.word = QLineEdit()
        for line in (self.text, self.word):
            line.setMaxLength(MOST["T_x"])
        for box, name in (
            (self.cell, self.tr("Cell")),
            (self.source, self.tr("Values")),
            (self.text, self.tr("Text")),
            (self.word, self.tr("Word")),
        ):
            box.setAccessibleName(name)
        self._lay_out()
        self.show_spec(SceneSpec())
        self._connect()

    def spec(self) -> SceneSpec:
        """What the widgets ask for; raises UserError if a number is invalid or out of bounds."""
        return SceneSpec(
            cells=self.cell.currentData(),
            source=self.source.currentData(),
            sizes=Sizes(**{name: box.value() for name, box in self.sizes.items()}),
            seed=self.seed.value(),
            text=self.text.text(),
            word=self.word.text(),
        )

    def show_spec(self, spec: SceneSpec) -> None:
        """Show a spec without asking for it."""
        self._shown = None
        fields = (self.cell, self.source, self.seed, self.text, self.word, *self.sizes.values())
        blockers = [QSignalBlocker(field) for field in fields]
        self._show_cells(spec.cells)
        self.source.setCurrentIndex(_index(self.source, spec.source))
        self.seed.setValue(spec.seed)
        self.text.setText(spec.text)
        self.word.setText(spec.word)
        self._show_sizes(spec.sizes)
        for blocker in blockers:
            blocker.unblock()
        self._enable()

    def show_state(self, state: InspectorState) -> None:
        """Show the cells, the sizes and the origin of the scene, and whether it was edited."""
        self.edited.setVisible(any(side.edited for side in state.sides))
        sides = [state.scene.cell.name]
        if state.beside is not None:
            sides.append(state.beside.trace.cell.name)
        sizes, origin = state.scene.sizes, state.scene.origin
        if (sides, sizes, origin) == self._shown:
            return
        self._shown = (sides, sizes, origin)
        self.show_origin(origin)
        blockers = [QSignalBlocker(box) for box in (self.cell, *self.sizes.values())]
        self._show_cells(sides)
        self._show_sizes(sizes)
        for blocker in blockers:
            blocker.unblock()

    def show_origin(self, origin: Message | str) -> None:
        """A scene that was brought in has an entry of its own among the sources while it lasts."""
        place = self.source.findData(_ELSEWHERE)
        with QSignalBlocker(self.source):
            if origin and place < 0:
                self.source.insertItem(0, self.tr("From elsewhere"), _ELSEWHERE)
            if origin:
                self.source.setCurrentIndex(0)
            elif place >= 0:
                chosen = self.source.currentIndex()
                self.source.removeItem(place)
                if chosen == place:
                    self.source.setCurrentIndex(_index(self.source, Source.RANDOM))
        self.origin.setText(language.text(origin))
        self._enable()

    def _show_cells(self, names: Sequence[str]) -> None:
        """Choose these cells; two may have changed sides."""
        offered = [sorted(self.cell.itemData(index)) for index in range(self.cell.count())]
        self.cell.setCurrentIndex(offered.index(sorted(names)))

    def _show_sizes(self, sizes: Sizes) -> None:
        for name, box in self.sizes.items():
            box.setValue(getattr(sizes, name))

    def _cell_chosen(self) -> None:
        """What brings its own cell leaves when another is chosen: that means other numbers."""
        if not isinstance(self.source.currentData(), Source):
            with QSignalBlocker(self.source):
                self.source.setCurrentIndex(_index(self.source, Source.RANDOM))
        self._changed()

    def _changed(self) -> None:
        self._enable()
        if self.source.currentData() == _ELSEWHERE:
            return
        try:
            spec = self.spec()
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self.changed.emit(spec)

    def _enable(self) -> None:
        source = self.source.currentData()
        made = isinstance(source, Source)
        text, trained = source is Source.TEXT, source is Source.LAST_CAPITAL
        for name, box in self.sizes.items():
            box.setEnabled(made and not trained and (name == "n_a" or not text))
        self.seed.setEnabled(made and source not in (Source.TYPED, Source.LAST_CAPITAL))
        for line, shown in ((self.text, text), (self.word, trained)):
            line.setVisible(shown)
            self._form.labelForField(line).setVisible(shown)
        self.origin.setVisible(source == _ELSEWHERE)

    def _fill_sources(self) -> None:
        title = language.text(LAST_CAPITAL.title)
        self.source.addItem(title, Source.LAST_CAPITAL)
        self.source.addItem(self.tr("Random"), Source.RANDOM)
        self.source.addItem(self.tr("Sine"), Source.SINE)
        self.source.addItem(self.tr("Text"), Source.TEXT)
        self.source.addItem(self.tr("Typed by hand"), Source.TYPED)
        self.source.insertSeparator(self.source.count())
        for example in examples():
            label = self.tr("Document: {0}").format(example.function)
            self.source.addItem(label, example)
        self.source.view().setMinimumWidth(self.source.view().sizeHintForColumn(0) + 24)

    def _connect(self) -> None:
        self.cell.currentIndexChanged.connect(self._cell_chosen)
        self.source.currentIndexChanged.connect(self._changed)
        for line in (self.text, self.word):
            line.textChanged.connect(self._changed)
        for box in (*self.sizes.values(), self.seed):
            box.committed.connect(self._changed)

    def _lay_out(self) -> None:
        labels = {
            "n_x": self.tr("Inputs n<sub>x</sub>"),
            "n_a": self.tr("Units n<sub>a</sub>"),
            "n_y": self.tr("Outputs n<sub>y</sub>"),
            "m": self.tr("Examples m"),
            "T_x": self.tr("Steps T<sub>x</sub>"),
        }
        self._form = QFormLayout()
        self._form.addRow(self.tr("Cell"), self.cell)
        self._form.addRow(self.tr("Values"), self.source)
        self._form.addRow(self.origin)
        self._form.addRow(self.edited)
        self._form.addRow(self.tr("Text"), self.text)
        self._form.addRow(self.tr("Word"), self.word)
        for name, box in self.sizes.items():
            self._form.addRow(RichLabel(labels[name]), box)
        self._form.addRow(self.tr("Seed"), self.seed)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addStretch(1)


def _index(box: QComboBox, data: object) -> int:
    return next(index for index in range(box.count()) if box.itemData(index) == data)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(SceneForm, example_state())
