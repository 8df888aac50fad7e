"""A field for a day on which a share was traded."""

from __future__ import annotations

from datetime import date

import numpy as np
from PySide6.QtCore import QDate, QSignalBlocker, Slot
from PySide6.QtWidgets import QDateEdit, QWidget

from rnnstudio.core.stocks.files.runs import RunEntry, inspectable, row_on
from rnnstudio.ui.widgets.number_text import day_format


class TradingDayEdit(QDateEdit):
    """Takes any date and goes to the trading day on it or before it; arrows go by trading days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunEntry | None = None
        self.setDisplayFormat(day_format())
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.dateChanged.connect(self._settle)

    def show_run(self, run: RunEntry | None) -> None:
        """Offer the days of ``run`` that can be looked at, beginning with the last one."""
        before, self._run = self._run, run
        if run is None or _same_days(run, before):
            return
        rows, dates = inspectable(run), run.table.dates
        with QSignalBlocker(self):
            self.setDateRange(_date(dates[rows.start]), _date(dates[rows.stop - 1]))
        self._show_row(rows.stop - 1)

    @property
    def row(self) -> int:
        """The row of the day; raises RuntimeError if there is no run."""
        if self._run is None:
            raise RuntimeError("no run to choose a day of")
        shown = self.date()
        return row_on(self._run, np.datetime64(date(shown.year(), shown.month(), shown.day())))

    def stepBy(self, steps: int) -> None:
        """Go so many trading days on; years and months as usual."""
        if self._run is None or self.currentSection() is not QDateEdit.Section.DaySection:
            super().stepBy(steps)
            return
        rows = inspectable(self._run)
        dates = self._run.table.dates[rows.start : rows.stop].astype("datetime64[D]")
        days = np.unique(dates)
        at = int(np.searchsorted(days, dates[self.row - rows.start])) + steps
        self.setDate(_date(days[min(max(at, 0), len(days) - 1)]))

    @Slot()
    def _settle(self) -> None:
        if self._run is not None:
            self._show_row(self.row)

    def _show_row(self, row: int) -> None:
        if self._run is not None:
            with QSignalBlocker(self):
                self.setDate(_date(self._run.table.dates[row]))


def _same_days(run: RunEntry, before: RunEntry | None) -> bool:
    """Whether both offer the same days, so that the one that was chosen may stay."""
    if before is None:
        return False
    return run.trained is before.trained and inspectable(run) == inspectable(before)


def _date(day: np.datetime64) -> QDate:
    return QDate.fromString(str(day.astype("datetime64[D]")), "yyyy-MM-dd")
