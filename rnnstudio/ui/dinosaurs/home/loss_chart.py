"""The loss as it grows, between the two things that it is compared with."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.names.loss_references import LossReferences
from rnnstudio.core.numbers import NumberText, grouped, rounded
from rnnstudio.ui.dinosaurs.curve import Curve
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import Phase
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import colours, theme
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine

_REST_MS = 250
"""Between two drawings while a network learns, as between other names."""
_NAMED = 0.5
"""The band has its name once it is so wide a part of the chart that there is room for it."""
_FINE, _WIDE = 3.0, 5.5
"""The network's line at a desk, and in front of a class, beside which pens are wider anyway."""
_DOTS, _DASHES = (1.5, 3.0), (7.0, 5.0)


class LossChart(LabelledChart):
    """The smoothed loss, a band that most single names lie in, and the two references.

    ``iteration_chosen`` gives the iteration to go back to: by a click, or by ``choose_place``.
    """

    iteration_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "")
        self.setParent(parent)
        self.edges = pg.PlotCurveItem(), pg.PlotCurveItem()
        self.band = pg.FillBetweenItem(*self.edges, brush=colours().network_soft)
        self.band.setZValue(-2)
        self.addItem(self.band, ignoreBounds=True)
        self._band_text = pg.TextItem(self.tr("most single names"), color=colours().ink)
        self._band_text.setFont(words(self._label_pixels))
        self.addItem(self._band_text, ignoreBounds=True)
        self.mark = pg.InfiniteLine(angle=90, pen=pg.mkPen(colours().you, width=2))
        self.addItem(self.mark, ignoreBounds=True)
        self.setToolTip(
            self.tr(
                "Nats: how much worse than certain, the logarithm of one over the probability. A "
                "click goes back to the network of that iteration."
            )
        )
        if theme().in_class:
            self.setBackground(colours().panel)  # as what it stands on
        self._shown: object = None
        self._since = QElapsedTimer()
        self._smoothed = LabelledLine("", np.zeros(0), np.zeros(0))
        self._named_from = 1.0
        self.getViewBox().sigResized.connect(self._fit_name)
        self.place_chosen.connect(self._choose)
        self.show_state(NamesState())

    @property
    def _label_pixels(self) -> int:
        return words().pixelSize()

    def show_state(self, state: NamesState) -> None:
        """Draw what is new: the losses, the references, the iteration that one has gone back to."""
        past = None if state.past is None else state.past.iteration
        self.mark.setVisible(past is not None)
        if past is not None:
            self.mark.setValue(past)
        total = max(state.run.total, state.curve.size, 1)
        compared = None if state.foreign else state.references  # those of its own list alone
        shown = (state.curve, compared, total, state.unit, state.run.active)
        if shown == self._shown or (state.run.phase is Phase.RUNNING and self._rests()):
            return
        self._shown = shown
        self._since.start()
        unit = self.tr("nats a name") if state.unit == "a name" else self.tr("nats a character")
        self.setAccessibleName(language.filled(self.tr("Loss in {0}"), unit))
        lines = self._lines(state, compared, float(total), unit)
        heights = np.concatenate([line.y for line in lines]) if lines else np.array([0.0, 1.0])
        low, high = float(heights.min()), float(heights.max())
        room = 0.12 * max(high - low, 1e-6)
        self._show_band(state.curve, low - room, high + room, total)
        begun = state.run.total > 0 or state.curve.size > 0
        at_first = () if begun else ((0.0, language.number(grouped(0))),)
        self.show_lines(lines, (low - room, high + room), at_first)
        for curve, line in zip(self.curves, lines, strict=False):
            curve.setZValue(-1 if line.role == "network" else 0)
            for drawn in (curve, curve.curve):  # the next lines and these
                drawn.opts["antialias"] = not state.run.active
                drawn.update()
        self.setAccessibleDescription(described_chart(lines))

    def _rests(self) -> bool:
        """Whether it was drawn a moment ago: a training needs the processor, too."""
        return self._since.isValid() and self._since.elapsed() < _REST_MS

    def choose_place(self) -> bool:
        """Go back to the place that the arrow keys have moved to; whether there is one."""
        if self.place is None:
            return False
        self._choose(self.place)
        return True

    def _lines(
        self, state: NamesState, compared: LossReferences | None, total: float, unit: str
    ) -> list[LabelledLine]:
        lines, whole = [], np.array([0.0, total])
        if compared is not None:
            blind, counting = compared.in_unit(state.unit)
            lines.append(
                LabelledLine(
                    _named(Message("blind guess {loss}", {"loss": _loss(blind)})),
                    whole,
                    np.full(2, blind),
                    width=1.5,
                    dashes=_DOTS,
                )
            )
            if counting is not None:
                lines.append(
                    LabelledLine(
                        _named(Message("counting letters {loss}", {"loss": _loss(counting)})),
                        whole,
                        np.full(2, counting),
                        role="yesterday",
                        width=2.4,
                        dashes=_DASHES,
                    )
                )
        if state.held_out.size:
            steps, losses = state.held_out.values
            text = Message("held out {loss}", {"loss": _loss(float(losses[-1]))})
            lines.append(
                LabelledLine(_named(text), steps, losses, role="held_out", width=2, dashes=(4, 3))
            )
        if state.curve.size:
            lines.append(self._network(state.curve, unit))
        return lines

    def _network(self, curve: Curve, unit: str) -> LabelledLine:
        steps, losses = curve.drawn_smoothed()
        value = _loss(float(losses[-1]))
        name = language.filled(self.tr("network {0} {1}"), language.number(value), unit)
        self._smoothed = LabelledLine(
            name,
            steps,
            losses,
            note=lambda place: language.filled(
                self.tr("{0:,}: {1}"),
                int(steps[place]),
                language.number(_loss(float(losses[place]))),
            ),
            role="network",
            width=_WIDE if theme().in_class else _FINE,
        )
        return self._smoothed

    def _show_band(self, curve: Curve, low: float, high: float, total: int) -> None:
        """The band of most single names, where there are enough to have one."""
        steps, lower, upper = curve.drawn_band()
        self.band.setVisible(len(steps) > 1)
        named = len(steps) > 1 and curve.size > _NAMED * total
        at = len(steps) // 5
        self._named_from = float(steps[at]) / total if named else 1.0
        self._fit_name()
        if len(steps) < 2:
            return
        for edge, losses in zip(self.edges, (lower, upper), strict=True):
            edge.setData(steps, np.clip(losses, low, high))
        self._band_text.setPos(steps[at], float(np.clip(upper[at], low, high)))

    def _fit_name(self) -> None:
        """Name the band where its name has room."""
        room = (1 - self._named_from) * self.getViewBox().width()
        self._band_text.setVisible(self._band_text.boundingRect().width() <= room)

    def _choose(self, place: int) -> None:
        if place < len(self._smoothed.x):
            self.iteration_chosen.emit(int(self._smoothed.x[place]))


def _named(message: Message) -> str:
    return language.text(message)


def _loss(value: float) -> NumberText:
    """A loss as it is written: one decimal a name, two a character."""
    return rounded(value, 1 if value >= 10 else 2)
