"""Check a claim in the tab: typed or published, beside what needs no network, bad input told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.numbers import PERCENT
from rnnstudio.core.stocks.data.csv_import import read_csv
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.claims import check_claim, published_claims
from rnnstudio.ui.stocks.pages.claim_page import ClaimPage
from rnnstudio.ui.stocks.tab import StocksTab
from tests.core.stocks import made
from tests.ui.stocks.tabs import open_file, texts


@pytest.fixture
def claimed_prices(tmp_path: Path) -> Path:
    return made.write(tmp_path / "made.csv", made.walk(200, 150).table)


@pytest.fixture
def page(tab: StocksTab, claimed_prices: Path, qtbot: QtBot) -> ClaimPage:
    open_file(tab, claimed_prices, qtbot)
    tab.show()
    qtbot.waitExposed(tab)
    tab.pages.turn_to("claim")
    tab._repainter.flush()
    return tab.pages.claim


@pytest.fixture
def indonesian() -> Iterator[None]:
    language.choose("id")
    yield
    language.choose("en")


def type_value(tab: StocksTab, page: ClaimPage, text: str, qtbot: QtBot) -> None:
    page.form.value.selectAll()
    qtbot.keyClicks(page.form.value, text)
    tab._repainter.flush()


def test_that_a_published_claim_is_held_beside_the_days_of_the_file(
    tab: StocksTab, page: ClaimPage, claimed_prices: Path, qtbot: QtBot
) -> None:
    table = read_csv(claimed_prices).table
    for number, claim in enumerate(published_claims(), start=1):
        qtbot.keyClick(page.examples[0], Qt.Key(Qt.Key.Key_0 + number))
        tab._repainter.flush()
        expected = check_claim(Split(table, 180), "Open", claim.measure, claim.value)
        assert page.result.text() == str(expected.sentence)
        assert page.claimed.mark.best == expected.beats
        assert page.persistence.mark.best == (not expected.beats)
        assert [button.isChecked() for button in page.examples].index(True) == number - 1


def test_that_a_claim_is_typed_with_its_measure_and_first_day(
    tab: StocksTab, page: ClaimPage, claimed_prices: Path, qtbot: QtBot
) -> None:
    page.form.measure.setCurrentIndex(page.form.measure.findData("rmse"))
    page.form.measure.activated.emit(page.form.measure.currentIndex())
    type_value(tab, page, "0,4", qtbot)
    assert page.form.day.date() == QDate(2019, 6, 30), "the first test day"
    page.form.day.setDate(QDate(2019, 5, 1))
    tab._repainter.flush()
    expected = check_claim(Split(read_csv(claimed_prices).table, 120), "Open", "rmse", 0.4)
    assert page.result.text() == str(expected.sentence)
    assert page.claimed.value.text() == "0.4"
    assert tab.work().claim == tab.state.claim
    assert (tab.state.claim.value, tab.state.claim.day) == ("0,4", "2019-05-01")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("101", "Accuracy cannot be 101"),
        ("0.98", "Accuracy is in per cent"),
        ("very good", "“very good” is no number"),
    ],
)
def test_that_a_claim_which_cannot_be_is_told(
    typed: str, said: str, tab: StocksTab, page: ClaimPage, qtbot: QtBot
) -> None:
    type_value(tab, page, typed, qtbot)
    assert page.sentence.text() == "This claim cannot be checked."
    assert page.result.text().startswith(said)
    assert page.result.property("role") == "error"
    type_value(tab, page, "99", qtbot)
    assert page.result.property("role") is None


def test_that_too_few_days_are_told(tab: StocksTab, page: ClaimPage, qtbot: QtBot) -> None:
    type_value(tab, page, "99", qtbot)
    page.form.day.setDate(page.form.day.maximumDate())
    tab._repainter.flush()
    assert "has 1 days from the split on" in page.result.text()


def test_that_the_table_has_all_published_claims_beside_this_file(
    tab: StocksTab, page: ClaimPage
) -> None:
    page.table_button.setChecked(True)
    lines = texts(page.table)
    assert [line[:3] for line in lines] == [
        [claim.title, claim.source, claim.share] for claim in published_claims()
    ]
    assert {line[-1] for line in lines} <= {"yes", "no"}


def test_that_a_clicker_goes_through_the_published_claims(
    tab: StocksTab, page: ClaimPage, qtbot: QtBot
) -> None:
    for _ in range(7):
        qtbot.keyClick(page.examples[0], Qt.Key.Key_PageDown)
        tab._repainter.flush()
    assert page.examples[-1].isChecked()
    qtbot.keyClick(page.examples[0], Qt.Key.Key_PageUp)
    tab._repainter.flush()
    assert page.examples[-2].isChecked()


def test_that_before_there_is_a_file_it_says_so(tab: StocksTab) -> None:
    tab.pages.turn_to("claim")
    page = tab.pages.claim
    page.examples[0].click()
    tab._repainter.flush()
    assert page.result.text() == "There are no prices yet; open a file."


def test_that_what_comes_of_a_claim_is_said_in_indonesian(
    indonesian: None, tab: StocksTab, page: ClaimPage
) -> None:
    page.examples[0].click()
    tab._repainter.flush()
    assert "besok = hari ini" in page.result.text()
    assert f"98,28{PERCENT}" in page.claimed.value.text()
    assert page.form.value.text() == "98,28"
