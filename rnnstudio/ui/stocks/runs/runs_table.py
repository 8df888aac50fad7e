"""The table of runs: one line a run, sortable, its name to be changed in place."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.wording import figure
from rnnstudio.core.stocks.files.run_descriptions import in_short, share_of
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.ui.theme.tokens import colours, scaled, sizes
from rnnstudio.ui.widgets.judged_cells import GOOD_ROLE, JudgedCells
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.sort_table import SORT_ROLE, SortedRows

Index = QModelIndex | QPersistentModelIndex
NAME, DAYS, SETTINGS, ENGINE, RMSE, CHECKS = 0, 2, 3, 4, 5, 8
"""Columns that are more than text."""
_NARROW = 1100
"""A narrower table has no room for all columns; beside text of its usual size."""
_ROOT = QModelIndex()
_RIGHT = (RMSE, RMSE + 1, RMSE + 2)
ROLE = Qt.ItemDataRole


class RunsModel(QAbstractTableModel):
    """The runs as rows; ``renamed`` has the name that is there and the one that was typed."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[RunEntry, ...] = ()
        self._columns: tuple[tuple[str, Callable[[RunEntry], str]], ...] = (
            (self.tr("Name"), lambda run: run.name),
            (self.tr("Share"), lambda run: f"{share_of(run.table)} {run.trained.spec.target}"),
            (self.tr("Test days"), self._days),
            (self.tr("Settings"), lambda run: language.text(in_short(run.trained.spec))),
            (self.tr("Engine"), lambda run: run.trained.spec.engine),
            (self.tr("RMSE"), lambda run: _figure(run, lambda p: figure(p.network.errors.rmse))),
            (
                self.tr("Yesterday's"),
                lambda run: _figure(run, lambda p: figure(p.persistence.errors.rmse)),
            ),
            (self.tr("Skill"), lambda run: _figure(run, lambda p: figure(p.skill.estimate, 3))),
            (self.tr("Leakage"), self._leakage),
            (self.tr("Trained"), lambda run: language.moment(run.when.astimezone())),
        )

    def show_runs(self, runs: tuple[RunEntry, ...]) -> None:
        """Take the runs; new ones at the end leave the other lines, and an open editor, alone."""
        before = self.runs
        if runs is before:
            return
        same = all(new.trained is old.trained for new, old in zip(runs, before, strict=False))
        if not same or len(runs) < len(before):
            self.beginResetModel()
            self.runs = runs
            self.endResetModel()
            return
        if len(runs) > len(before):
            self.beginInsertRows(_ROOT, len(before), len(runs) - 1)
            self.runs = runs
            self.endInsertRows()
        self.runs = runs
        for row, (old, new) in enumerate(zip(before, runs, strict=False)):
            if new is not old:  # an announced change takes the item from an open editor
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row a run."""
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As many as there are headings."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> object:
        """The headings, with a word on those that are short."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == ROLE.DisplayRole:
            return self._columns[section][0]
        return self._hints().get(section) if role == ROLE.ToolTipRole else None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        """The text of a cell, what it is sorted by, its colour and its hint."""
        run, column = self.runs[index.row()], index.column()
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return self._columns[column][1](run)
        if role == SORT_ROLE:
            return self._sorted_by(run, column)
        if role == ROLE.TextAlignmentRole and column in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == ROLE.TextAlignmentRole and column == CHECKS:
            return Qt.AlignmentFlag.AlignCenter
        if column == CHECKS and run.evaluation is not None:
            clean = run.evaluation.summary.clean
            if role == ROLE.ForegroundRole:
                return QColor(colours().good if clean else colours().bad)
            if role == GOOD_ROLE:
                return clean
        return plain_tip(self._hint(run, column)) if role == ROLE.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the name can be changed."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else usual

    def setData(self, index: Index, value: object, role: int = ROLE.EditRole) -> bool:
        """Ask for the name that was typed; it is shown once it is taken."""
        if role != ROLE.EditRole or index.column() != NAME:
            return False
        name = self.runs[index.row()].name
        if str(value) != name:
            self.renamed.emit(name, str(value))
        return True

    def _days(self, run: RunEntry) -> str:
        split = run.trained.split
        first = split.table.dates[split.rows_known]
        return language.filled(self.tr("{0:,} from {1}"), split.rows_test, first)

    def _sorted_by(self, run: RunEntry, column: int) -> object:
        """Numbers for what is a number, so that 10 comes after 9; those without come last."""
        summary = None if run.evaluation is None else run.evaluation.summary
        if column in (*_RIGHT, CHECKS):
            if summary is None:
                return None
            errors = summary.network.errors.rmse, summary.persistence.errors.rmse
            known = (*errors, summary.skill.estimate, int(summary.clean))[column - RMSE]
            return known if math.isfinite(known) else None
        if column == DAYS:
            return language.shown(DayText(run.table.dates[run.trained.split.rows_known]))
        if column == self.columnCount() - 1:
            return run.when.timestamp()
        return self._columns[column][1](run).casefold()

    def _leakage(self, run: RunEntry) -> str:
        if run.evaluation is None:
            return "–"
        return self.tr("passed") if run.evaluation.summary.clean else self.tr("not passed")

    def _hint(self, run: RunEntry, column: int) -> str:
        """The whole name; of the leakage checks every sentence."""
        if column == CHECKS and run.evaluation is not None:
            says = {True: self.tr("Passed: {0}"), False: self.tr("Not passed: {0}")}
            entries = run.evaluation.summary.leakage_checks
            return "\n".join(
                language.filled(says[entry.ok], language.text(entry.sentence)) for entry in entries
            )
        return run.name if column == NAME else ""

    def _hints(self) -> dict[int, str]:
        return {
            RMSE: self.tr("The network's error on its own test days, in prices"),
            RMSE + 1: self.tr("The error of yesterday's price on the same days"),
            RMSE + 2: self.tr("1 − RMSE / that of yesterday's price; above 0 is better than it"),
            CHECKS: self.tr("Whether every leakage check passed"),
        }


class RunsTable(QTableView):
    """Shows the runs; ``chosen`` has the names of those that are selected."""

    chosen = Signal(object)
    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(JudgedCells(self))
        font = self.font()
        font.setPixelSize(sizes().table)
        for widget in (self.horizontalHeader(), self):
            widget.setFont(font)
        self.runs = RunsModel(self)
        self.sorted = SortedRows(self.runs, self)
        self.setModel(self.sorted)
        self._showing = False
        self._set_up()
        self.runs.renamed.connect(self.renamed)
        self.selectionModel().selectionChanged.connect(self._choose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out, where there is little room, what the comparison of runs says too."""
        super().resizeEvent(event)
        for column in (SETTINGS, ENGINE):
            self.setColumnHidden(column, self.width() < scaled(_NARROW))

    def show_runs(self, runs: tuple[RunEntry, ...], chosen: tuple[str, ...]) -> None:
        """Show the runs and select the chosen ones."""
        self._showing = True
        self.runs.show_runs(runs)
        if set(self.selected()) != set(chosen):
            self._select(chosen)
        self._showing = False

    def selected(self) -> tuple[str, ...]:
        """The names of the selected runs."""
        rows = (
            self.sorted.mapToSource(each).row() for each in self.selectionModel().selectedRows()
        )
        return tuple(self.runs.runs[row].name for row in rows)

    def edit_name(self, name: str) -> None:
        """Let the name be changed in its cell."""
        index = self._index(name)
        self.scrollTo(index)
        self.edit(index)

    def _index(self, name: str) -> QModelIndex:
        """The cell of that name."""
        row = [run.name for run in self.runs.runs].index(name)
        return self.sorted.mapFromSource(self.runs.index(row, NAME))

    def _select(self, names: tuple[str, ...]) -> None:
        selection, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        selection.clearSelection()
        for name in names:
            selection.select(self._index(name), flag.Select | flag.Rows)
        if names:
            last = self._index(names[-1])
            selection.setCurrentIndex(last, flag.NoUpdate)
            self.scrollTo(last)

    @Slot()
    def _choose(self) -> None:
        if not self._showing:
            self.chosen.emit(self.selected())

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + sizes().gap)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(2 * sizes().gap)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)


def _figure(run: RunEntry, describe: Callable[[EvaluationSummary], str]) -> str:
    return "–" if run.evaluation is None else language.shown(describe(run.evaluation.summary))
