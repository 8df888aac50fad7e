"""The forecaster's tab, with a small file of prices; and a state that has its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.ui.stocks.example import finished_state
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab import StocksTab
from tests.ui.stocks.tabs import (
    QUICK,
    open_file,
    write,
)


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    return write(tmp_path / "made.csv", slice(0, 80))


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[StocksTab]:
    tab = StocksTab({"numpy": fit})
    qtbot.addWidget(tab)
    yield tab
    tab.shutdown()


@pytest.fixture
def ready(tab: StocksTab, prices: Path, qtbot: QtBot) -> StocksTab:
    """The tab with a small file and quick settings."""
    open_file(tab, prices, qtbot)
    tab.form.show_spec(QUICK)
    return tab


@pytest.fixture(scope="module")
def finished() -> StocksState:
    return finished_state()


@pytest.fixture(scope="module")
def evaluation(finished: StocksState) -> Evaluation:
    assert finished.evaluation is not None
    return finished.evaluation
