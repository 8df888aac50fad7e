"""The figures of several runs side by side, and the settings in which they differ."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.numbers import grouped
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.wording import (
    checks_cell,
    figure,
    hit_rate_cell,
    seeds_cell,
    skill_cell,
)
from rnnstudio.core.stocks.files.run_comparison import Ranking, differences
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.judged_cells import GOOD_ROLE, JudgedCells
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.number_text import written

WIDEST_COLUMN = 32
"""In steps of the spacing."""
"""What does not fit is shown by a hint."""


class CompareTable(QTableWidget):
    """A column a run: its figures, then the settings that are not the same in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(JudgedCells(self))
        font = self.font()
        font.setPixelSize(sizes().table)
        for widget in (self, self.horizontalHeader(), self.verticalHeader()):
            widget.setFont(font)
        height = self.fontMetrics().height() + sizes().half_gap + sizes().quarter_gap
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setMaximumSectionSize(WIDEST_COLUMN * sizes().gap)

    def show_runs(self, runs: tuple[RunEntry, ...], found: Ranking) -> None:
        """Show them side by side."""
        rows = [(title, [describe(run) for run in runs]) for title, describe in self._figures()]
        if len(runs) > 1:
            places = [self.tr("–") if place is None else f"{place}." for place in found.places]
            rows.insert(0, (self.tr("Rank"), places))
        figures = len(rows)
        rows += [
            (language.text(row.setting), list(map(language.text, row.values)))
            for row in differences(runs)
        ]
        self.setRowCount(len(rows))
        self.setColumnCount(len(runs))
        for column, run in enumerate(runs):
            heading = QTableWidgetItem(run.name)
            heading.setToolTip(plain_tip(run.name))
            self.setHorizontalHeaderItem(column, heading)
        self.setVerticalHeaderLabels([title for title, _ in rows])
        checks = self.tr("Leakage checks")
        for row, (title, texts) in enumerate(rows):
            for column, text in enumerate(texts):
                good = _is_clean(runs[column]) if title == checks else None
                self.setItem(row, column, _Cell(text, shaded=row >= figures, good=good))

    def _figures(self) -> tuple[tuple[str, Callable[[RunEntry], str]], ...]:
        def of_summary(describe: Callable[[EvaluationSummary], str]) -> Callable[[RunEntry], str]:
            return lambda run: (
                "–" if run.evaluation is None else language.shown(describe(run.evaluation.summary))
            )

        return (
            (self.tr("RMSE"), of_summary(lambda summary: figure(summary.network.errors.rmse))),
            (
                self.tr("RMSE, yesterday's"),
                of_summary(lambda summary: figure(summary.persistence.errors.rmse)),
            ),
            (self.tr("MAE"), of_summary(lambda summary: figure(summary.network.errors.mae))),
            (self.tr("MASE"), of_summary(lambda summary: figure(summary.network.errors.mase))),
            (self.tr("Skill"), of_summary(self._skill)),
            (self.tr("Direction hits"), of_summary(self._direction)),
            (self.tr("RMSE, seeds"), of_summary(self._seeds)),
            (self.tr("Leakage checks"), of_summary(self._leakage_checks)),
            (
                self.tr("Epochs"),
                lambda run: _count(run.trained.model.losses),
            ),
            (self.tr("Seconds"), lambda run: written(run.trained.seconds, 3)),
        )

    def _skill(self, summary: EvaluationSummary) -> str:
        return language.text(skill_cell(summary.skill))

    def _direction(self, summary: EvaluationSummary) -> str:
        return language.text(hit_rate_cell(summary.network.hit_rate))

    def _seeds(self, summary: EvaluationSummary) -> str:
        seeds = summary.seeds
        if seeds is None:
            return language.text(seeds_cell((), None))
        return language.text(seeds_cell(seeds.rmses, summary.ties))

    def _leakage_checks(self, summary: EvaluationSummary) -> str:
        failed = [check.name for check in summary.leakage_checks if not check.ok]
        return language.text(checks_cell(failed))


class _Cell(QTableWidgetItem):
    """A text at the right: a judgement with its mark, a setting that differs on a ground."""

    def __init__(self, text: str, *, shaded: bool, good: bool | None) -> None:
        super().__init__(text)
        self._shaded, self._good = shaded, good
        self.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(plain_tip(text))

    def data(self, role: int) -> Any:
        """The same, in the colours of now: a picture is light whatever the window is."""
        if role == Qt.ItemDataRole.BackgroundRole and self._shaded:
            return QColor(colours().you_soft)
        if self._good is not None and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().good if self._good else colours().bad)
        if role == GOOD_ROLE:
            return self._good
        return super().data(role)


def _is_clean(run: RunEntry) -> bool | None:
    return None if run.evaluation is None else run.evaluation.summary.clean


def _count(things: Sized) -> str:
    return language.number(grouped(len(things)))
