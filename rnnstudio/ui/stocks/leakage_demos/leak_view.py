"""Forecasts side by side: charts, figures and leakage checks, legible from the back of a class."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QGridLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.leakage_checks import Check
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.wording import figure, skill_cell, skill_sentence
from rnnstudio.core.stocks.teaching.leak_comparison import CaseResult, LeakCase
from rnnstudio.ui.stocks.days_chart import USUAL_DAYS, DaysChart
from rnnstudio.ui.stocks.leakage_demos.state import LETTERS, LeakState
from rnnstudio.ui.stocks.marks import MarkedLine, MarkedLines
from rnnstudio.ui.stocks.price_lines import price_lines
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel

PLOT_ROW = 1
LEAST_HEIGHT = 90
"""Of a chart, in pixels, when every leak is on and many leakage checks fail."""


class LeakView(QWidget):
    """Shows a comparison, a column a case; ``name`` says what a case is called."""

    def __init__(self, name: Callable[[LeakCase], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.columns = tuple(_Column(self) for _ in LETTERS)
        # One grid for all: what is compared stands at one height.
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * sizes().gap)
        self._grid.setVerticalSpacing(sizes().gap // 2)
        self._grid.setRowStretch(PLOT_ROW, 1)
        for place, column in enumerate(self.columns):
            for row, widget in enumerate(column.widgets):
                self._grid.addWidget(widget, row, place)

    def show_state(self, state: LeakState) -> None:
        """Show the last comparison; whose forecast is whose only if that is not hidden."""
        ordered_cases = state.ordered_cases
        for place, column in enumerate(self.columns):
            shown = ordered_cases[place] if place < len(ordered_cases) else None
            if shown is not None:
                name = "" if state.hidden else self._name(shown.case)
                title = ": ".join(part for part in (state.letters[place], name) if part)
                column.show_case(shown, title, hidden=state.hidden)
            column.set_visible(shown is not None, hidden=state.hidden)
            self._grid.setColumnStretch(place, int(shown is not None))

    def chart(self) -> DaysChart:
        """The one that has the focus, or else the first."""
        charts = [column.plot for column in self.columns]
        return next((chart for chart in charts if chart.hasFocus()), charts[0])


class _Column(QWidget):
    """The widgets of a case, from top to bottom; the grid of its parent holds them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.title = MarkedLine("heading", parent)
        self.errors = PlainLabel(role="heading", wrap=True, parent=parent)
        self.skill = PlainLabel(wrap=True, parent=parent)
        self.checks = MarkedLines(0, parent)
        for_pictures(self.title, self.errors, self.skill, self.checks)
        self.plot = DaysChart()
        self.plot.setMinimumHeight(round(scaled(LEAST_HEIGHT)))
        self.widgets: tuple[QWidget, ...] = (
            self.title,
            self.plot,
            self.errors,
            self.skill,
            self.checks,
        )
        self._drawn: Forecast | None = None

    def set_visible(self, visible: bool, *, hidden: bool) -> None:
        """Whether there is a case; its leakage checks, which identify it, may be ``hidden``."""
        for widget in self.widgets:
            widget.setVisible(visible)
        self.checks.setVisible(visible and not hidden)

    def show_case(self, shown: CaseResult, title: str, *, hidden: bool) -> None:
        """Show the case under that title, and a tick or a cross unless that is ``hidden``.

        The tick says that nothing leaked: the number of accesses is not a leak of a network.
        """
        evaluation = shown.evaluation
        self.plot.setAccessibleName(title)
        self.title.show_line(title, None if hidden else evaluation.summary.leaks_nothing)
        if evaluation.forecast is not self._drawn:
            self._drawn = evaluation.forecast
            self._show_figures(evaluation.summary)
            self.checks.show_lines(self._lines(evaluation.summary.leakage_checks))
            self._draw(evaluation.forecast)

    def _show_figures(self, summary: EvaluationSummary) -> None:
        own, flat = summary.network.errors.rmse, summary.persistence.errors.rmse
        self.errors.setText(
            language.filled(self.tr("RMSE {0}, yesterday {1}"), figure(own), figure(flat))
        )
        skill, share = summary.skill, summary.network.hit_rate.share
        says = language.text(skill_sentence(skill, summary.days))
        if math.isfinite(skill.low):  # shorter, for a class
            says = language.filled(self.tr("Skill {0}"), language.text(skill_cell(skill)))
        called = (
            "" if share is None else language.filled(self.tr(", direction {0:.0%}"), share.estimate)
        )
        self.skill.setText(says + called)

    def _lines(self, entries: tuple[Check, ...]) -> tuple[tuple[str, bool], ...]:
        """What is not in order, in full; of what is, the names in one line."""
        red = ((language.text(entry.sentence), False) for entry in entries if not entry.ok)
        clean = ", ".join(entry.name for entry in entries if entry.ok)
        return (*red, (language.filled(self.tr("Clean: {0}"), clean), True))

    def _draw(self, forecast: Forecast) -> None:
        """All days of the test span, of which the last are in view."""
        days = len(forecast.rows)
        lines = price_lines(
            np.arange(days, dtype=float), forecast.actual, forecast.predicted, forecast.persistence
        )
        self.plot.show_title(forecast.spec.target)
        self.plot.show_days(lines, forecast.dates, range(max(0, days - USUAL_DAYS), days))
