"""Where numbers are handed out and handed in: a scene, a text, a file, a program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.diagnosis.known_scenes import FURTHER, RESULTS, known_scene
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import LAST_SEED
from rnnstudio.core.models.values_file import save_inputs
from rnnstudio.ui.inspector.drawer.form_parts import LabelledField, narrow
from rnnstudio.ui.theme.fonts import raw_font
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_open, ask_save
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox

_LONGEST, _LINES = "2000", 6
_EXAMPLE = "dba = [[ 0.0321]\n       [-0.1250]]\ngradients['dxt'][1][2] = 3.2306"


class HandIn(QWidget):
    """``scene_chosen(name)``: hand out that scene. ``file_given(path)``: look at what is in it.

    ``find_asked``: look at the text. ``run_allowed(path)``: the user lets a program run.
    ``stop_asked``: leave what is under way. ``written(sentence)``: a scene's numbers were saved.
    """

    scene_chosen = Signal(str)
    file_given = Signal(object)
    find_asked = Signal()
    run_allowed = Signal(object)
    stop_asked = Signal()
    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene, self.seed = QComboBox(), WholeBox(self.tr("Seed"), 0, LAST_SEED)
        self.scene.setAccessibleName(self.tr("Scene"))
        self.scene.addItem(self.tr("what their names say"), "")
        for name, cell in CELLS.items():
            self.scene.addItem(
                language.filled(self.tr("{0} with random numbers"), cell.label), name
            )
        for name in (*RESULTS, *FURTHER):
            self.scene.addItem(language.filled(self.tr("Document: {0}"), name), name)
        narrow(self.seed, _LONGEST)
        self.save = QPushButton(self.tr("Save its numbers …"))
        self.text = _NumbersText()
        self.open = QPushButton(self.tr("Open a file …"))
        self.open.setToolTip(self.tr("Arrays (.npz, .csv), text as NumPy prints it, or a program"))
        self.question = ProgramQuestion()
        self.error = ErrorBox()
        self.busy = _Busy()
        self._lay_out()
        self.scene.activated.connect(self._choose)
        self.seed.valueChanged.connect(self._choose)
        self.save.clicked.connect(self._save)
        self.open.clicked.connect(self._open)
        self.text.find_asked.connect(self.find_asked)
        self.question.allowed.connect(self.run_allowed)
        self.question.asking.connect(self.text.setHidden)
        self.busy.stop.clicked.connect(self.stop_asked)

    def name(self) -> str:
        """The name of the chosen scene; empty: what the numbers' names say."""
        chosen = str(self.scene.currentData())
        return f"{chosen}-{self.seed.value()}" if chosen in CELLS else chosen

    def show_name(self, name: str) -> None:
        """Choose a scene without asking for it."""
        cell, _, seed = name.partition("-")
        with QSignalBlocker(self.scene), QSignalBlocker(self.seed):
            self.scene.setCurrentIndex(self.scene.findData(cell))
            if seed:
                self.seed.setValue(int(seed))
        self.seed.setEnabled(cell in CELLS)
        self.save.setEnabled(bool(name))
        self.save.setToolTip("" if name else self.tr("Choose a scene first."))

    def show_busy(self, doing: str) -> None:
        """Say what is under way and offer to stop it; empty: nothing is."""
        self.busy.show_doing(doing)
        self.open.setEnabled(not doing)
        if doing:
            self.error.show_text("")
            self.question.close_question()

    @Slot()
    def _choose(self) -> None:
        try:
            self.scene_chosen.emit(self.name())
        except UserError as error:
            self.error.show_text(language.text(error.message))

    @Slot()
    def _save(self) -> None:
        """Write the arrays of the scene to a file."""
        try:
            name = self.name()
            kinds = self.tr("Arrays (*.npz)")
            path = ask_save(self, self.tr("Save the scene's numbers"), f"{name}.npz", kinds)
            if path is None:
                return
            arrays = save_inputs(path, known_scene(name))
        except UserError as error:
            self.error.show_text(language.text(error.message))
        else:
            text = self.tr("{0} holds {1}.")
            self.written.emit(language.filled(text, path.name, ", ".join(arrays)))

    @Slot()
    def _open(self) -> None:
        numbers = language.filled(
            self.tr("Numbers and programs ({0})"), "*.npz *.npy *.csv *.txt *.py"
        )
        kinds = f"{numbers};;{self.tr('All files (*)')}"
        path = ask_open(self, self.tr("Open what you computed"), kinds)
        if path is not None:
            self.file_given.emit(path)

    def _lay_out(self) -> None:
        first = PlainLabel(self.tr("1. Take a scene and compute with your own code"), wrap=True)
        second = PlainLabel(self.tr("2. Hand in what came out"), wrap=True)
        hint = PlainLabel(
            self.tr(
                "As much as there is: values (a, c, y), gradients (dx, dWf, dbf), or any "
                "operation at every step (dc, dft)."
            ),
            role="quiet",
            wrap=True,
        )
        scene = QHBoxLayout()
        scene.setSpacing(sizes().gap)
        fields = {self.tr("Scene"): self.scene, self.tr("Seed"): self.seed}
        for wide, (name, field) in zip((1, 0), fields.items(), strict=True):
            labelled = LabelledField(name, field)
            policy = QSizePolicy.Policy
            labelled.setSizePolicy(policy.Preferred, policy.Maximum)
            scene.addWidget(labelled, stretch=wide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        left = Qt.AlignmentFlag.AlignLeft
        layout.addWidget(first)
        layout.addLayout(scene)
        layout.addWidget(self.save, alignment=left)
        layout.addWidget(second)
        layout.addWidget(hint)
        layout.addWidget(self.text, stretch=1)
        layout.addWidget(self.question)
        layout.addWidget(self.open, alignment=left)
        layout.addWidget(self.busy)
        layout.addWidget(self.error)
        layout.addStretch(0)
        self.scene.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )


class ProgramQuestion(QFrame):
    """Asks whether a program may run; nothing of it runs before. ``allowed(path)``: it may.

    ``asking(whether)``: it is shown, or gone again.
    """

    allowed = Signal(object)
    asking = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._path: Path | None = None
        self.words = PlainLabel(wrap=True)
        self.run, self.leave = QPushButton(), QPushButton(self.tr("Do not run it"))
        self.run.clicked.connect(self._allow)
        self.leave.clicked.connect(self.close_question)
        buttons = QHBoxLayout()
        buttons.addWidget(self.run)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.hide()

    def ask(self, path: Path) -> None:
        """Ask about the program at ``path``."""
        self._path = path
        text = self.tr(
            "{0} is a program. Its functions would be called on the document's examples: in a "
            "process of its own, in an empty folder, for at most 10 seconds. The network, files "
            "and other programs are refused to it, and its memory is limited where the system "
            "can. Run only what you would let its author send you."
        )
        self.words.setText(language.filled(text, path.name))
        self.run.setText(language.filled(self.tr("Run {0}"), path.name))
        self.show()
        self.asking.emit(True)
        self.run.setFocus()

    @Slot()
    def close_question(self) -> None:
        """Ask no more; the program does not run."""
        self.hide()
        self.asking.emit(False)

    @Slot()
    def _allow(self) -> None:
        self.close_question()
        self.allowed.emit(self._path)


class _Busy(QWidget):
    """What is under way, and a button that stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.bar = PlainLabel(wrap=True), QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Under way"))
        self.stop = QPushButton(self.tr("Stop"))
        row = QHBoxLayout()
        row.addWidget(self.bar, stretch=1)
        row.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addLayout(row)
        self.hide()

    def show_doing(self, doing: str) -> None:
        """Show while there is something to say."""
        self.words.setText(doing)
        self.setVisible(bool(doing))


class _NumbersText(QPlainTextEdit):
    """Text with arrays; Ctrl+Enter looks at it, Tab leaves it. Files are dropped on the page."""

    find_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setFont(raw_font(sizes().label))
        self.setPlaceholderText(_EXAMPLE)
        self.setAccessibleName(self.tr("Your numbers as text"))
        self.setAccessibleDescription(self.tr("As NumPy prints them; Ctrl+Enter looks at them"))
        self.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter asks."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.find_asked.emit()
        else:
            super().keyPressEvent(event)
