"""The names to learn from: which file, how it is read, and what became of its lines.

``python -m rnnstudio.ui.dinosaurs.drawer.list_form`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.names.notices import small_list
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.numbers import grouped
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.link_button import LinkButton


class ListForm(QWidget):
    """The open list, capitals, accents, column and encoding; and the report of the last reading.

    ``changed``: the open file is to be read again. ``more_clicked``: see the list's letters.
    """

    changed = Signal()
    open_clicked = Signal()
    shipped_clicked = Signal()
    more_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = PlainLabel(wrap=True)
        self.notice = PlainLabel(role="notice", wrap=True)
        self.reading = QProgressBar()
        self.reading.setRange(0, 0)  # how far a list has been read is not known
        self.reading.setTextVisible(False)
        self.reading.setAccessibleName(self.tr("Reading"))
        self.open_button = QPushButton(self.tr("Open file …"))
        self.open_button.setToolTip(self.tr("A text file, one name a line; or drop it here"))
        self.shipped_button = QPushButton(self.tr("Dinosaurs"))
        self.shipped_button.setToolTip(self.tr("The dinosaur names that come with RNN Studio"))
        self._make_choices()
        self.report = PlainLabel(wrap=True, role="quiet")
        self.more_link = LinkButton(self.tr("Its letters and lengths"))
        self.error = ErrorBox(self)
        self._lay_out()
        self._connect()
        self._read_with = self.options()
        self._waits: QWidget | None = None
        self.show_state(NamesState())

    def options(self) -> ReadOptions:
        """How a list is to be read; an empty field leaves it to the file."""
        return ReadOptions(
            self.capitals.currentData(),
            self.accents.currentData(),
            self.column.text().strip() or None,
            self.encoding.text().strip() or None,
        )

    def show_options(self, options: ReadOptions) -> None:
        """Show how a list was read."""
        self.capitals.setCurrentIndex(self.capitals.findData(options.capitals))
        self.accents.setCurrentIndex(self.accents.findData(options.accents))
        self.column.setText(options.column or "")
        self.encoding.setText(options.encoding or "")
        self._read_with = self.options()

    def forget_file(self) -> None:
        """Clear what was typed for another file: its column and its encoding."""
        self.column.clear()
        self.encoding.clear()
        self._read_with = self.options()

    def show_state(self, state: NamesState) -> None:
        """Show the file, its size, the report, or why it was refused; rest during a run."""
        self.summary.setText(self._summary(state))
        self.reading.setVisible(bool(state.reading))
        self._rest(resting=state.run.active or bool(state.reading))
        corpus = state.corpus
        report = None if corpus is None else corpus.report
        self.report.setText(
            "" if report is None else "\n\n".join(map(language.text, report.messages()))
        )
        few = None if corpus is None else small_list(corpus)
        self.notice.setVisible(few is not None)
        self.notice.setText("" if few is None else language.text(few))
        self.error.show_text(state.file_error)

    def _rest(self, *, resting: bool) -> None:
        """Let nothing be changed; whoever has the focus meanwhile has it again afterwards."""
        choices = (self.capitals, self.accents, self.column, self.encoding)
        parts = (*choices, self.open_button, self.shipped_button)
        focus = QApplication.focusWidget()
        if resting and focus in parts and focus.isEnabled():
            self._waits = focus
            self.setFocus()  # Qt would lead it to any field that follows
        for part in parts:
            part.setEnabled(not resting)
        if not resting and self._waits is not None:
            if self.hasFocus():
                self._waits.setFocus()
            self._waits = None

    def _summary(self, state: NamesState) -> str:
        corpus = state.corpus
        if state.reading:
            return language.filled(self.tr("Reading {0} …"), state.reading)
        if corpus is None:
            return self.tr("No names yet")
        text = self.tr("{0}: {1} names of {2} symbols")
        return language.filled(
            text, corpus.source, grouped(len(corpus.names)), len(corpus.vocabulary)
        )

    def _take_typed(self) -> None:
        """Read again where something else is typed than before; leaving a field is not a change."""
        if self.options() != self._read_with:
            self._read_with = self.options()
            self.changed.emit()

    def _make_choices(self) -> None:
        self.capitals = self._choice(self.tr("fold: A becomes a"))
        self.accents = self._choice(self.tr("fold: é becomes e"))
        usual = ReadOptions()
        self.capitals.setCurrentIndex(self.capitals.findData(usual.capitals))
        self.accents.setCurrentIndex(self.accents.findData(usual.accents))
        self.column = self._field(
            self.tr("Column of a table that holds the names: its number or name; 0 takes lines"),
            self.tr("Column"),
        )
        self.encoding = self._field(
            self.tr("Encoding of the file, such as UTF-8, Windows-1251 or GBK"), self.tr("Encoding")
        )

    def _field(self, tip: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("as the file has it"))
        field.setToolTip(plain_tip(tip))
        field.setAccessibleName(name)
        return field

    def _choice(self, fold: str) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("keep"), "keep")
        box.addItem(fold, "fold")
        box.addItem(self.tr("refuse"), "refuse")
        return box

    def _connect(self) -> None:
        for box in (self.capitals, self.accents):
            box.activated.connect(self.changed)
        for field in (self.column, self.encoding):
            field.editingFinished.connect(self._take_typed)
        self.open_button.clicked.connect(self.open_clicked)
        self.shipped_button.clicked.connect(self.shipped_clicked)
        self.more_link.clicked.connect(self.more_clicked)

    def _lay_out(self) -> None:
        buttons, form = QHBoxLayout(), QFormLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.shipped_button)
        form.addRow(self.tr("Capitals"), self.capitals)
        form.addRow(self.tr("Accents"), self.accents)
        form.addRow(self.tr("Column"), self.column)
        form.addRow(self.tr("Encoding"), self.encoding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.reading)
        layout.addWidget(self.notice)
        layout.addLayout(buttons)
        layout.addLayout(form)
        layout.addWidget(self.report)
        layout.addWidget(self.more_link)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ListForm, trained_state())
