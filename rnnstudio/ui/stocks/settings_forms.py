"""The settings of the tab: the forms of files, spans and network, read together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker, Slot

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.kept_prices import OpenedPrices, StocksWork
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import same_test_day, suggested_test_day
from rnnstudio.core.stocks.model.forecaster import TrainingData
from rnnstudio.ui.stocks.data_form import DataForm
from rnnstudio.ui.stocks.drawer.spans_form import SpansForm
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import SettingsChosen


class SettingsForms(QObject):
    """Sets both forms when a file or a network comes; ``take`` gets every ``SettingsChosen``."""

    def __init__(
        self,
        data: DataForm,
        spans: SpansForm,
        form: ForecastForm,
        take: Callable[[SettingsChosen], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._spans = spans
        self._form = form
        self._take = take
        spans.test_day_changed.connect(self.read)
        form.changed.connect(self.read)

    @Slot()
    def read(self) -> None:
        """Read the forms."""
        spec, problem = None, ""
        try:
            spec = self._form.spec()
        except UserError as error:
            problem = language.text(error.message)
        self._take(SettingsChosen(spec, problem, self._spans.test_day()))

    def show_file(self, file: OpenedPrices, before: OpenedPrices | None) -> None:
        """Offer the days and columns of ``file``.

        Where it is the file that was there ``before``, read another way, the share of the test days
        stays, and so do the settings where it has the same columns.
        """
        table, day = file.reading.table, suggested_test_day(file.reading.table)
        if before is not None and before.data.path == file.data.path:
            day = same_test_day(before.reading.table, table, self._spans.test_day())
        self._spans.choose_span(table, day)
        if before is not None and _same_columns(before, file):
            self.read()
        else:
            self._form.show_table(table)

    def show_network(self, data: TrainingData) -> None:
        """Set what a network was trained with."""
        split = data.split
        self._form.show_table(split.table)
        self._form.show_spec(data.spec)
        self._spans.choose_span(split.table, split.table.dates[split.rows_known])
        self.read()

    def show_training(self, data: TrainingData, state: StocksState) -> None:
        """Set what a training on the files of ``state`` was begun with."""
        self._form.show_spec(data.spec)
        if state.train is not None and state.test is None:
            self._spans.choose_span(state.train, data.split.table.dates[data.split.rows_known])
        self.read()

    def show_work(self, work: StocksWork, table: PriceTable | None) -> None:
        """Set what the work has for the prices ``table``, and read it where there are any."""
        with QSignalBlocker(self._form):
            self._form.show_table(table)
            self._form.show_spec(work.spec)
        if table is None or work.test_day is None:
            self._spans.forget_span()
        else:
            self._spans.choose_span(table, work.test_day)
            self.read()

    def show_state(self, state: StocksState) -> None:
        """Show the files and the advice; what is under way holds the settings as they are."""
        self._data.show_files(state.train, state.test)
        self._data.show_sample("" if state.train is None else state.train.source)
        self._data.show_reading(state.percent)
        self._data.setEnabled(not state.run.active and not state.reading)
        self._form.setEnabled(not state.run.active and state.train is not None)
        self._form.show_advice(state.advice)


def _same_columns(one: OpenedPrices, other: OpenedPrices) -> bool:
    """Whether ``other`` is the same file, read another way but with the same columns."""
    same = one.data.path == other.data.path
    return same and one.reading.table.names == other.reading.table.names
