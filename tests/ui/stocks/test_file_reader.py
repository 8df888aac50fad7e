"""Files that are read in the tab: good, bad, open to question, dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from rnnstudio.ui.stocks.file.checklist_row import ChecklistRow
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.tab_events import Role
from tests.ui.stocks.tabs import (
    QUICK,
    evaluate,
    forecast_of,
    open_file,
    train,
    wait_until_read,
    write,
)


def row(tab: StocksTab, kind: str) -> ChecklistRow:
    """The line of that kind on the file page."""
    return next(each for each in tab.pages.file.checklist.rows if each.line.kind == kind)


def press(tab: StocksTab, kind: str) -> None:
    """Press the button of a line."""
    button = row(tab, kind).button
    assert button is not None
    button.click()


def answer(tab: StocksTab, start: str) -> None:
    """Take the answer that begins so."""
    choices = tab.pages.file.checklist.rows[0].choices
    next(each for each in choices if each.accessibleName().startswith(start)).click()


def other_share(path: Path) -> Path:
    """Later days of a share that costs a hundred times as much."""
    days = "".join(f"2019-04-{day},{9000 + day},{9001 + day}\n" for day in range(10, 30))
    path.write_text(f"Date,Open,High\n{days}")
    return path


def test_that_a_question_is_asked_in_the_tab_and_its_answer_reads_the_file(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "open.csv"
    rows = "".join(f"{day:02}/02/2019,{100 + day}\n" for day in range(1, 10))
    path.write_text("Date,Close\n" + rows)
    open_file(ready, path, qtbot)
    page = ready.pages.file
    assert "day/month/year or month/day/year" in page.checklist.rows[0].accessibleName()
    assert ready.problem.isHidden()
    answer(ready, "day/month")
    wait_until_read(ready, qtbot)
    assert not page.shown.is_asked
    assert ready.state.train is not None
    assert str(ready.state.train.dates[-1]) == "2019-02-09"


def test_that_a_file_is_answered_looked_through_and_used_by_keys_alone(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "open.csv"
    rows = "".join(f"{day:02}/02/2019,{100 + day}\n" for day in range(1, 10))
    path.write_text("Date,Close\n" + rows)
    open_file(ready, path, qtbot)
    ready.show()
    qtbot.keyClick(ready, Qt.Key.Key_2)
    wait_until_read(ready, qtbot)
    qtbot.keyClick(ready, Qt.Key.Key_End)
    assert ready.pages.file.checklist.current == len(ready.pages.file.checklist.rows) - 1
    qtbot.keyClick(ready, Qt.Key.Key_U)
    assert ready.pages.key == "verdict"
    assert ready.state.train is not None
    assert str(ready.state.train.dates[-1]) == "2019-09-02"


def test_when_a_question_is_left_open_the_old_file_can_still_be_trained_on(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "open.csv"
    path.write_text("Date,Close\n01/02/2019,1.5\n02/02/2019,1.6\n03/02/2019,1.7\n")
    open_file(ready, path, qtbot)
    assert ready.pages.file.shown.is_asked
    assert ready.pages.key == "file"
    train(ready, qtbot)
    assert ready.state.trained is not None
    assert ready.state.trained.split.table.source == "made.csv"


def test_that_the_drawer_leads_to_what_was_understood_of_the_file(ready: StocksTab) -> None:
    ready.data.understood.click()
    assert ready.pages.key == "file"
    assert ready.pages.file.shown.name == "made.csv"


def test_that_a_finding_is_undone_by_its_switch_and_settings_stay(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "split.csv"
    days = np.datetime64("2019-01-01", "D") + np.arange(80)
    prices = np.where(np.arange(80) < 40, 700.0, 100.0) + np.arange(80) % 3
    path.write_text(
        "Date,Close\n" + "".join(f"{d},{p}\n" for d, p in zip(days, prices, strict=True))
    )
    open_file(tab, path, qtbot)
    tab.form.show_spec(replace(QUICK, features=("Close",), target="Close"))
    tab.pages.turn_to("file")
    split = row(tab, "split")
    assert split.line.cells[0].line == 42
    press(tab, "split")
    wait_until_read(tab, qtbot)
    assert tab.state.train is not None
    assert tab.state.train.column("Close")[0] == pytest.approx(100)
    assert tab.form.spec().window == QUICK.window
    press(tab, "split")
    wait_until_read(tab, qtbot)
    assert tab.state.train.column("Close")[0] == pytest.approx(700)


def test_when_a_file_is_read_in_another_order_of_dates_there_are_still_days_to_test_on(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "order.csv"
    days = [f"{first:02}/{second:02}/2019" for first in range(1, 13) for second in (1, 2, 3)]
    path.write_text("Date,Close\n" + "".join(f"{d},{100 + n}\n" for n, d in enumerate(days)))
    open_file(tab, path, qtbot)
    for start in ("month/day", "day/month"):
        open_file(tab, path, qtbot)
        answer(tab, start)
        wait_until_read(tab, qtbot)
        tab.form.show_spec(replace(QUICK, features=("Close",), target="Close"))
        assert tab.state.split is not None, tab.problem.text()
        assert tab.state.split.rows_test == 4


def test_that_a_test_file_of_another_share_is_asked_about_and_not_taken(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    open_file(ready, other_share(tmp_path / "other.csv"), qtbot, Role.TEST)
    assert ready.state.test_file is None
    assert ready.pages.key == "file"
    assert "The Open leaps from" in ready.pages.file.checklist.rows[0].accessibleName()
    assert not ready.pages.file.use.isEnabled()
    answer(ready, "Leave it out")
    ready._repainter.flush()
    assert ready.state.mismatched is None
    assert ready.state.test_file is None
    assert ready.pages.file.shown.name == "made.csv"


def test_that_a_test_file_of_another_share_is_taken_if_one_says_so(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    open_file(ready, other_share(tmp_path / "other.csv"), qtbot, Role.TEST)
    answer(ready, "Test on it all the same")
    ready._repainter.flush()
    assert ready.state.test is not None
    assert ready.state.test.source == "other.csv"
    assert "The Open leaps from" in ready.data.test_label.text()


def test_that_a_file_is_shown_first_where_something_is_worth_knowing_and_else_the_verdict(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    twice, clean = tmp_path / "twice.csv", tmp_path / "clean.csv"
    rows = [f"2019-01-{day:02},{100 + day}" for day in range(1, 30)]
    clean.write_text("\n".join(["Date,Close", *rows]))
    twice.write_text("\n".join(["Date,Close", *rows, rows[-1]]))
    open_file(tab, twice, qtbot)
    assert tab.pages.key == "file"
    open_file(tab, clean, qtbot)
    assert tab.pages.key == "verdict"


def test_that_the_share_of_test_days_is_kept_when_a_column_gets_another_role(
    ready: StocksTab, qtbot: QtBot
) -> None:
    ready.spans.share.setValue(30)
    ready.pages.turn_to("file")
    press(ready, "columns")
    boxes = row(ready, "columns").roles
    column = next(each for each in ready.pages.file.shown.lines if each.kind == "columns").columns
    place = next(at for at, each in enumerate(column) if each.role == "Open")
    box = boxes[place]
    box.setCurrentIndex(box.findData("Close"))
    box.activated.emit(box.currentIndex())
    wait_until_read(ready, qtbot)
    assert ready.state.train is not None
    assert "Open" not in ready.state.train.names
    assert ready.spans.share.value() == 30


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bad.csv is empty"),
        (b"\x00\x01\x02", "bad.csv"),
    ],
)
def test_when_a_file_without_lines_is_opened_one_sentence_says_why_and_the_old_one_stays(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot, content: bytes, sentence: str
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(content)
    open_file(ready, bad, qtbot)
    assert sentence in ready.problem.text()
    assert not ready.problem.isHidden()
    assert ready.state.train is not None
    assert ready.state.train.source == "made.csv"
    train(ready, qtbot)
    assert ready.state.trained is not None
    assert ready.problem.isHidden()


@pytest.mark.parametrize(
    ("content", "sentence", "marked"),
    [
        ("Name,Town\nAda,London\nAlan,Wilmslow\n", "bad.csv", 0),
        ("Date,Volume\n2019-01-02,5\n2019-01-03,6\n", "bad.csv", 0),
        ("Date,Open\n2019-01-02,1.5\n2019-01-03,two\n", "column Open", 3),
        ("Date,Open\n2019-01-02,1.5\n2019-01-03,1,6\n", "row 3 has 3 cells", 3),
    ],
)
def test_when_a_file_cannot_be_read_its_page_shows_the_row_and_the_old_file_can_be_kept(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot, content: str, sentence: str, marked: int
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(content)
    open_file(ready, bad, qtbot)
    page = ready.pages.file
    assert ready.pages.key == "file"
    assert sentence in page.checklist.rows[0].accessibleName()
    assert [cell.line for cell in page.shown.lines[0].cells] == ([marked] if marked else [])
    assert page.tables.rows.rows[1].text == content.splitlines()[1]
    assert not page.use.isEnabled()
    assert ready.problem.isHidden()
    assert page.keep.text() == "Keep made.csv"
    assert page.focusProxy() is page.checklist
    assert page.checklist.focusProxy() is page.checklist.rows[0]
    page.keep.click()
    ready._repainter.flush()
    assert page.shown.name == "made.csv"
    assert page.use.isEnabled()


def test_when_the_file_is_shorter_than_the_window_it_cannot_be_trained_on(
    tab: StocksTab, prices: Path, qtbot: QtBot
) -> None:
    open_file(tab, prices, qtbot)
    tab.form.window_length.setValue(75)
    tab._repainter.flush()
    assert "a window that takes 76 days needs at least 77" in tab.problem.text()
    assert not tab.run_bar.start_button.isEnabled()
    tab.form.window_length.setValue(5)
    tab._repainter.flush()
    assert tab.problem.isHidden()
    assert tab.run_bar.start_button.isEnabled()


def test_that_a_second_file_becomes_the_test_span(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    later = write(tmp_path / "later.csv", slice(80, 100))
    open_file(ready, later, qtbot, Role.TEST)
    train(ready, qtbot)
    evaluate(ready, qtbot)
    split = forecast_of(ready).split
    assert (split.rows_train, split.rows_test) == (80, 20)
    ready.data.remove_button.click()
    assert ready.state.split is not None
    assert ready.state.split.rows_test == 8


def test_that_a_dropped_file_is_read(tab: StocksTab, prices: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(prices))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.dropEvent(drop)
    wait_until_read(tab, qtbot)
    assert tab.state.train is not None
    assert tab.state.train.source == "made.csv"
