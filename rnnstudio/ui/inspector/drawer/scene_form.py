"""The scene: which cell, where its numbers come from, how large it is, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MEANINGS, MOST, Scene, Sizes
from rnnstudio.core.cells.scene_spec import MOST_SEED, SceneSpec, Source
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.task import LAST_CAPITAL
from rnnstudio.core.documents.document_file import SUFFIX, is_document
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.open import SUFFIXES, open_model
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene_file import load_scene
from rnnstudio.ui.inspector.drawer.form_parts import LabelledField, keep_room, narrow
from rnnstudio.ui.inspector.drawer.model_form import ModelForm
from rnnstudio.ui.inspector.events import CoverChosen, NotationChosen, SceneChosen
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.link_button import LinkButton
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.number_box import WholeBox

_ELSEWHERE = "elsewhere"
"""In the place of a source: the scene was brought in, the form cannot make it."""
_COLUMNS = 4
_LONGEST = "200"


class SceneForm(QWidget):
    """Widgets to a ``SceneSpec``. ``changed(spec)``: the user asked for another scene.

    ``asked(event)``: one from a file, another notation, the future covered or not.
    ``refused(sentence)``: what stands there makes no scene, or the file has none.
    ``page_wanted(name)``: see how models are opened. ``open_link`` stands beside the section's
    heading.
    """

    changed = Signal(object)
    asked = Signal(object)
    refused = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self.loader = Loader(self)
        self.open_link = LinkButton(self.tr("Open …"), self)
        self.open_link.setToolTip(self.tr("Open a scene, or look into a trained model"))
        self.models_link = LinkButton(self.tr("Which models open, and how to write them"))
        self.model = ModelForm()
        self.cell, self.source, self.notation = QComboBox(), QComboBox(), QComboBox()
        self.cover = QCheckBox(self.tr("Cover the future"))
        self.about = PlainLabel(role="muted", wrap=True)
        self.sizes = {
            name: WholeBox(language.text(MEANINGS[name]).capitalize(), 1, most)
            for name, most in MOST.items()
        }
        self.seed = WholeBox(self.tr("Seed"), 0, MOST_SEED)
        for box in (*self.sizes.values(), self.seed):
            narrow(box, _LONGEST)
        self.text, self.word = QLineEdit(), QLineEdit()
        for line in (self.text, self.word):
            line.setMaxLength(MOST["T_x"])
        self._fill()
        self._describe()
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
        """Show the scene's cells, sizes and origin, whether it was edited, and how it is shown."""
        with QSignalBlocker(self.notation), QSignalBlocker(self.cover):
            self.notation.setCurrentIndex(self.notation.findData(state.cursor.notation))
            self.cover.setChecked(state.cursor.covered)
        edited = any(side.edited for side in state.sides)
        sides = [state.scene.cell.name]
        if state.beside is not None:
            sides.append(state.beside.trace.cell.name)
        scene = state.scene
        if (sides, scene.sizes, scene.origin, scene.labels, edited) == self._shown:
            return
        self._shown = (sides, scene.sizes, scene.origin, scene.labels, edited)
        self.show_origin(scene.origin)
        self._show_about(scene, edited=edited)
        blockers = [QSignalBlocker(box) for box in (self.cell, *self.sizes.values())]
        self._show_cells(sides)
        self._show_sizes(scene.sizes)
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
        self._enable()

    def open_file(self, path: Path) -> None:
        """Look at the scene in a document, or into the model in any other file, once it is read.

        One that cannot be read changes nothing.
        """
        self.loader.load(path, load_scene if is_document(path) else open_model)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and open it."""
        kinds = " ".join(f"*{suffix}" for suffix in (SUFFIX, *SUFFIXES))
        title = self.tr("Open a scene or a trained model")
        path = ask_open(self, title, language.filled(self.tr("Scenes and models ({0})"), kinds))
        if path is not None:
            self.open_file(path)

    @Slot(object)
    def _take_read(self, read: Scene | Model) -> None:
        if isinstance(read, Model):
            self.model.show_model(read)
        else:
            self.asked.emit(SceneChosen(read))

    def _show_about(self, scene: Scene, *, edited: bool) -> None:
        """Whose numbers these are, or that they are no more; in a place that is always there."""
        text = scene.origin or scene.description
        if edited:
            text = Message(
                "Edited: some numbers are not those of “{scene}”.", {"scene": scene.title}
            )
        self.about.setText(language.text(text))

    def _show_cells(self, names: Sequence[str]) -> None:
        """Choose these cells; two may have changed sides, and two networks be of one kind."""
        offered = [sorted(self.cell.itemData(index)) for index in range(self.cell.count())]
        if sorted(names) not in offered:
            self.cell.addItem(" | ".join(CELLS[name].label for name in names), tuple(names))
            offered.append(sorted(names))
        self.cell.setCurrentIndex(offered.index(sorted(names)))

    def _show_sizes(self, sizes: Sizes) -> None:
        for name, box in self.sizes.items():
            box.setValue(getattr(sizes, name))

    @Slot()
    def _cell_chosen(self) -> None:
        """What brings its own cell leaves when another is chosen: that means other numbers."""
        if not isinstance(self.source.currentData(), Source):
            with QSignalBlocker(self.source):
                self.source.setCurrentIndex(_index(self.source, Source.RANDOM))
        self._changed()

    @Slot()
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
        self._text.setVisible(text)
        self._word.setVisible(trained)

    def _fill(self) -> None:
        for cells in (*combinations(CELLS.values(), 1), *combinations(CELLS.values(), 2)):
            names = tuple(cell.name for cell in cells)
            self.cell.addItem(" | ".join(cell.label for cell in cells), names)
        for text, source in (
            (language.text(LAST_CAPITAL.title), Source.LAST_CAPITAL),
            (self.tr("Random"), Source.RANDOM),
            (self.tr("Sine"), Source.SINE),
            (self.tr("Text"), Source.TEXT),
            (self.tr("Typed by hand"), Source.TYPED),
        ):
            self.source.addItem(text, source)
        self.source.insertSeparator(self.source.count())
        for example in examples():
            self.source.addItem(
                language.filled(self.tr("Document: {0}"), example.function), example
            )
        for text, notation in (
            (self.tr("Paper notation"), Notation.PAPER),
            (self.tr("i, f, o, g notation"), Notation.IFOG),
            (self.tr("Keras' notation"), Notation.KERAS),
        ):
            self.notation.addItem(text, notation)

    def _describe(self) -> None:
        """Say of every control what it is and does."""
        for name, size in self.sizes.items():
            size.setAccessibleDescription(language.filled(self.tr("1 to {0}"), MOST[name]))
        for field, name, does in (
            (self.source, self.tr("Example"), self.tr("Where the numbers come from")),
            (self.cell, self.tr("Cell"), self.tr("A cell, or two side by side")),
            (self.text, self.tr("Text"), self.tr("The cell reads it letter by letter")),
            (self.word, self.tr("Word"), self.tr("Letters A B C a b c, and ? that asks")),
            (self.seed, self.tr("Seed"), self.tr("Another seed gives other random numbers")),
            (self.notation, self.tr("Notation"), self.tr("How values are written")),
            (self.cover, self.cover.text(), self.tr("What the pass has not come to stays unseen")),
            (self.open_link, self.open_link.text(), self.open_link.toolTip()),
        ):
            field.setAccessibleName(name)
            field.setAccessibleDescription(does)
            field.setToolTip(does)

    def _connect(self) -> None:
        self.cell.currentIndexChanged.connect(self._cell_chosen)
        self.source.currentIndexChanged.connect(self._changed)
        for line in (self.text, self.word):
            line.textChanged.connect(self._changed)
        for box in (*self.sizes.values(), self.seed):
            box.committed.connect(self._changed)
        self.notation.currentIndexChanged.connect(
            lambda _: self.asked.emit(NotationChosen(self.notation.currentData()))
        )
        self.cover.toggled.connect(lambda on: self.asked.emit(CoverChosen(on)))
        self.open_link.clicked.connect(self.choose_file)
        self.models_link.clicked.connect(lambda: self.page_wanted.emit("models"))
        self.loader.loaded.connect(self._take_read)
        self.loader.refused.connect(self.refused)
        self.model.asked.connect(self.asked)
        self.model.refused.connect(self.refused)

    def _lay_out(self) -> None:
        keep_room(self.about)
        for box in (self.source, self.cell, self.notation):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        labels = {
            "n_x": self.tr("Inputs <i>n</i><sub>x</sub>"),
            "n_a": self.tr("Units <i>n</i><sub>a</sub>"),
            "T_x": self.tr("Steps <i>T</i><sub>x</sub>"),
            "n_y": self.tr("Outputs <i>n</i><sub>y</sub>"),
            "m": self.tr("Examples <i>m</i>"),
        }
        fields = {name: LabelledField(labels[name], self.sizes[name]) for name in labels}
        self._text = LabelledField(self.tr("Text"), self.text)
        self._word = LabelledField(self.tr("Word"), self.word)
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes().gap)
        grid.setVerticalSpacing(sizes().gap)
        grid.addWidget(LabelledField(self.tr("Cell"), self.cell), 0, 0, 1, 2)
        for field in (self._text, self._word):
            grid.addWidget(field, 0, 2, 1, 2)
        upper = (fields["n_x"], fields["n_a"], fields["T_x"])
        for column, field in enumerate((*upper, LabelledField(self.tr("Seed"), self.seed))):
            grid.addWidget(field, 1, column)
        for column, name in enumerate(("n_y", "m")):
            grid.addWidget(fields[name], 2, column)
        grid.addWidget(LabelledField(self.tr("Notation"), self.notation), 2, 2, 1, 2)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        for part in (self.source, self.about):
            layout.addWidget(part)
        layout.addLayout(grid)
        layout.addWidget(self.cover)
        layout.addWidget(self.model)
        layout.addWidget(self.models_link, alignment=Qt.AlignmentFlag.AlignLeft)


def _index(box: QComboBox, data: object) -> int:
    return next(index for index in range(box.count()) if box.itemData(index) == data)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(SceneForm, example_state())
