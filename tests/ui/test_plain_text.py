"""Names of files, columns and letters are shown as they are, never read as markup."""

import ast
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from tests.conftest import ROOT
from tests.ui.dinosaurs.tab_fixtures import opened

FILE = "<b>a<img src=x>&amp;"
"""Shown as markup it would be a bold a, a missing picture and an ampersand."""


def showing(page: QWidget, text: str) -> list[QLabel]:
    """The labels that have been given ``text``; none of them takes it for markup."""
    found = [label for label in page.findChildren(QLabel) if text in label.text()]
    for label in found:
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
    return found


def test_that_a_label_is_as_wide_as_its_letters(qtbot: QtBot) -> None:
    plain, marked = PlainLabel("i"), PlainLabel("<b>i</b>")
    qtbot.addWidget(plain)
    qtbot.addWidget(marked)
    assert marked.sizeHint().width() > 5 * plain.sizeHint().width()


def test_that_a_list_of_names_is_shown_by_its_own_name_and_letters(
    qtbot: QtBot, tmp_path: Path
) -> None:
    tab = DinosaursTab()
    qtbot.addWidget(tab)
    good, bad = tmp_path / f"{FILE}.txt", tmp_path / f"{FILE}bad.txt"
    good.write_text("rex\nanzu&amp;\nkol\n", encoding="utf-8")
    bad.write_text("rex\n", encoding="utf-8")
    opened(tab, qtbot, good)
    opened(tab, qtbot, bad)
    assert len(showing(tab, f"{FILE}.txt")) >= 2
    assert showing(tab, f"{FILE}bad.txt")
    tab.pages.turn_to("list")
    assert showing(tab, "&amp;")
    assert tab.shutdown()


def test_that_a_price_file_is_shown_by_its_own_name_and_columns(
    qtbot: QtBot, tmp_path: Path
) -> None:
    tab = StocksTab({"numpy": fit})
    qtbot.addWidget(tab)
    path = tmp_path / f"{FILE}.csv"
    days = np.arange(np.datetime64("2020-01-01"), np.datetime64("2020-12-01"))
    rows = "".join(f"{day},{100 + i % 7}.5\n" for i, day in enumerate(days))
    path.write_text(f"Date,Close\n{rows}", encoding="utf-8")
    tab.open_file(path)
    qtbot.waitUntil(lambda: tab.state.train is not None, timeout=30_000)
    qtbot.waitUntil(lambda: bool(showing(tab, FILE)), timeout=30_000)
    (tmp_path / f"{FILE}bad.csv").write_text("x\n", encoding="utf-8")
    tab.open_file(tmp_path / f"{FILE}bad.csv")
    qtbot.waitUntil(lambda: bool(showing(tab, f"{FILE}bad.csv")), timeout=30_000)
    tab.shutdown()


@pytest.mark.parametrize("text", ["<b>one</b>\ntwo", "a < b", "plain\nlines", "&lt;", ""])
def test_that_a_tool_tip_shows_letters(qapp: QApplication, text: str) -> None:
    tip, document = plain_tip(text), QTextDocument()
    if Qt.mightBeRichText(tip):  # how Qt decides it
        document.setHtml(tip)
    else:
        document.setPlainText(tip)
    assert document.toPlainText() == text


def test_that_every_label_of_the_window_says_how_it_reads_its_text() -> None:
    guessing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "rnnstudio" / "ui").rglob("*.py"))
        if path.name != "labels.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel"
    ]
    assert not guessing, "use PlainLabel or RichLabel"
