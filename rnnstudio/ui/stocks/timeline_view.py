"""The days as they are divided: a bar of training, validation and test.

``python -m rnnstudio.ui.stocks.timeline_view`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.scaling import fit_scaling, fitted_on
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip


class SplitBar(QWidget):
    """The three spans, as long as their rows; the test span is hatched before its evaluation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.split: Split | None = None
        self.unevaluated, self.opened = True, 0
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """One line of text high."""
        return QSize(400, self.fontMetrics().height() + sizes().gap)

    def show_split(self, split: Split | None, unevaluated: bool, opened: int = 0) -> None:
        """Draw that split, whose test span was evaluated ``opened`` times, by any network."""
        if (split, unevaluated, opened) != (self.split, self.unevaluated, self.opened):
            self.split, self.unevaluated, self.opened = split, unevaluated, opened
            self.setToolTip(plain_tip("\n".join(text for _, text, _ in self.spans())))
            self.update()

    def spans(self) -> Iterator[tuple[range, str, str]]:
        """Rows, label and colour of each span that has days."""
        if self.split is None:
            return
        split = self.split
        test = self.tr("Test, evaluated")
        if self.unevaluated:
            before = self.tr("Test, not yet by this network")
            test = before if self.opened else self.tr("Test, not evaluated")
        for rows, name, colour in (
            (split.train_rows, self.tr("Training"), colours().muted),
            (split.validation_rows, self.tr("Validation"), colours().you),
            (split.test_rows, test, colours().network),
        ):
            if rows:
                dates = split.table.dates
                text = self.tr("{0}: {1:,} days, {2} to {3}").format(
                    name, len(rows), dates[rows.start], dates[rows.stop - 1]
                )
                yield rows, text, colour

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the spans, each with as much of its label as fits."""
        if self.split is None:
            return
        painter = QPainter(self)
        share = self.width() / self.split.table.rows
        for rows, text, colour in self.spans():
            room = QRectF(rows.start * share, 0, len(rows) * share - 1, self.height())
            painter.fillRect(room, QColor(colour))
            inner = room.adjusted(sizes().gap / 2, 0, -sizes().gap / 2, 0)
            shown = self._fitting(text, inner.width())
            if self.unevaluated and rows == self.split.test_rows:
                painter.fillRect(room, QBrush(QColor(colours().ink), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QColor(colours().on_you))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)

    def _fitting(self, text: str, room: float) -> str:
        """The label, or its first words if there is no space, or nothing."""
        for shown in (text, text.rsplit(",", 1)[0], text.split(":", maxsplit=1)[0]):
            if self.fontMetrics().horizontalAdvance(shown) <= room:
                return shown
        return ""


class TimelineView(QWidget):
    """The bar, what the scaler was fitted on, and how often the test span was evaluated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = SplitBar()
        self.note = PlainLabel(role="muted", wrap=True)
        self._shown: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap // 2)
        layout.addWidget(self.bar)
        layout.addWidget(self.note)

    def show_state(self, state: StocksState) -> None:
        """Show the chosen split, and the scaler that it gives."""
        wanted = (state.split, state.spec, state.open, state.times_opened)
        if wanted == self._shown:
            return
        self._shown = wanted
        unevaluated = not state.open
        self.bar.show_split(state.split, unevaluated, state.times_opened)
        self.note.setText(self._note(state, unevaluated))

    def _note(self, state: StocksState, unevaluated: bool) -> str:
        if state.split is None or state.spec is None:
            return ""
        scaling = fit_scaling(state.spec, state.split.table, state.split.train_rows)
        test = None if unevaluated else state.split.test_rows
        opened = self.tr("Accesses to the test span: {0}.").format(state.times_opened)
        sentence = fitted_on(scaling, state.split.table, test)
        return self.tr("Scaler {0}. {1}").format(language.text(sentence), opened)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(TimelineView, finished_state())
