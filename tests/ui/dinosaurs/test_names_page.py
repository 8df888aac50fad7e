"""The page of the names: its figures are those of the list, its report that of the file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.ui.dinosaurs.pages.list_page import ListPage
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from tests.ui.dinosaurs.tab_fixtures import Press, opened, train_button


@pytest.fixture
def page(tab: DinosaursTab) -> ListPage:
    tab.pages.turn_to("list")
    return tab.pages.list


def test_that_the_figures_and_bars_are_those_of_the_list(page: ListPage) -> None:
    found = statistics_of(read_corpus(SHIPPED))
    text = page.sentence.text()
    assert text.startswith(f"{found.names:,} names, {found.distinct:,} of them different")
    assert f"“{found.longest}”" in text
    assert page.statistics.lengths.opts["height"].tolist() == list(found.lengths)
    assert page.statistics.letters.opts["height"].tolist() == [n for _, n in found.letters]
    assert "Alphabet of 27 symbols" in page.statistics.alphabet.text()


def test_that_a_name_is_shifted_letter_by_letter(tab: DinosaursTab, press: Press) -> None:
    tab.pages.turn_to("explain")
    view = tab.pages.explain.shift
    view.name.setText("rex")
    rows = []
    while True:
        row = view.table.rowCount() - 1
        rows.append([view.table.item(row, column).text() for column in range(1, 4)])
        if not view.next_button.isEnabled():
            break
        press(view.next_button)
    assert rows == [
        ["–", "", "r"],
        ["r", "r", "e"],
        ["e", "re", "x"],
        ["x", "rex", "end of name"],
    ]
    press(view.back_button)
    assert view.table.rowCount() == 3
    assert view.sentence.text() == "Step 2: it has seen “re” and must say “x”."


def test_that_the_report_says_what_became_of_the_lines(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "cities.txt"
    file.write_bytes("Besançon\n\nParis\nParis\n".encode("cp1252"))
    opened(tab, qtbot, file)
    report = tab.drawer.names.report.text()
    assert "3 names in 4 lines of Windows-1252" in report
    assert "3 names have capitals: made small." in report
    assert "1 name has accents: kept." in report
    assert "1 line is a name that came before, and kept (line 4)." in report
    assert "1 line is blank and left out (line 2)." in report


def test_when_the_handling_of_accents_changes_the_file_is_read_again(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "cities.txt"
    file.write_text("Besançon\nParis\n", encoding="utf-8")
    opened(tab, qtbot, file)
    accents = tab.drawer.names.accents
    for handling in ("fold", "refuse"):
        accents.setCurrentIndex(accents.findData(handling))
        accents.activated.emit(accents.currentIndex())
        qtbot.waitUntil(lambda: not tab.state.reading and accents.isEnabled())
    assert tab.state.corpus is not None
    assert tab.state.corpus.names == ("besancon", "paris")
    assert tab.drawer.names.error.text().startswith("cities.txt, line 1: 'besançon' has accents")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01\x02rex\n", "bad.txt is not a text file"),
        (b"rex\n", "bad.txt holds only one name"),
        (b"x" * 10_000 + b"\n", "bad.txt, line 1: a name of 10,000 letters"),
        (
            "\n".join(map(chr, range(0x4E00, 0x5E00))).encode(),
            "bad.txt uses 4,096 different characters",
        ),
    ],
)
def test_when_a_file_is_no_list_of_names_one_sentence_says_so_and_the_names_stay(
    tab: DinosaursTab,
    page: ListPage,
    qtbot: QtBot,
    tmp_path: Path,
    content: bytes,
    sentence: str,
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    opened(tab, qtbot, bad)
    assert tab.drawer.names.error.text().startswith(sentence)
    assert page.sentence.text().startswith("1,325 names")
    assert train_button(tab).isEnabled()


def typed(tab: DinosaursTab, qtbot: QtBot, name: str, text: str) -> None:
    field = getattr(tab.drawer.names, name)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tab.state.reading and field.isEnabled())


def test_when_a_table_is_refused_the_way_out_that_it_names_works_on_the_page(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("girl,boy\nMary,Jim\nAnna,Tom\nEmma,Tim\n")
    opened(tab, qtbot, table)
    assert "1 (girl), 2 (boy)" in tab.drawer.names.error.text()
    assert "“Column” on the page of the names" in tab.drawer.names.error.text()
    typed(tab, qtbot, "column", "boy")
    assert tab.state.corpus is not None
    assert tab.state.corpus.names == ("jim", "tom", "tim")
    assert tab.drawer.names.error.isHidden()
    typed(tab, qtbot, "column", "girl")
    assert tab.state.corpus.names == ("mary", "anna", "emma")


def test_that_an_encoding_is_chosen_on_the_page_and_the_next_file_is_read_without_it(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    russian, plain = tmp_path / "russian.txt", tmp_path / "plain.txt"
    russian.write_bytes("Юлий\nФёдор\nИлья\n".encode("koi8_r"))  # noqa: RUF001 - Russian
    plain.write_text("Mary\nAnna\n")
    opened(tab, qtbot, russian)
    typed(tab, qtbot, "encoding", "koi8-r")
    assert "lines of KOI8-R" in tab.drawer.names.report.text()
    opened(tab, qtbot, plain)
    assert tab.drawer.names.encoding.text() == ""
    assert tab.state.corpus is not None
    assert tab.state.corpus.names == ("mary", "anna")


def test_that_the_button_keeps_the_focus_while_a_list_is_read(
    tab: DinosaursTab, qtbot: QtBot, press: Press
) -> None:
    tab.workbench.open_section("names")
    tab.activateWindow()
    button = tab.drawer.names.shipped_button
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    press(button)
    qtbot.waitUntil(lambda: not button.isEnabled())
    assert tab.drawer.names.hasFocus()
    qtbot.waitUntil(button.isEnabled)
    assert button.hasFocus()
