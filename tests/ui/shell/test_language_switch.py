"""Another language from the menu: the whole window speaks it at once, and nothing is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.documents.csv_text import choose_decimal_mark, csv_text
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.qt_sentences import SENTENCES
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.translator import speak

KNOWN = {"&Redo", "&Save", "&Undo"}
"""Sentences of Qt that the window has, too."""


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QCoreApplication) -> Iterator[None]:
    yield
    language.choose("en")
    speak(qapp)
    QLocale.setDefault(QLocale.system())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    yield window
    window.close_unasked()
    qtbot.waitUntil(lambda: not window.isVisible())


def choose(window: MainWindow, name: str) -> None:
    actions = {action.text(): action for action in window.menus.findChildren(QAction)}
    actions[name].trigger()
    QApplication.processEvents()


def tab_names(window: MainWindow) -> list[str]:
    return [window.tabs.tabText(place) for place in range(window.tabs.count())]


def menu_texts(window: MainWindow) -> set[str]:
    return {action.text() for action in window.menus.findChildren(QAction)}


def test_that_the_language_changes_at_once_and_the_work_stays(window: MainWindow) -> None:
    window.inspector.go_on(1)
    window.inspector.pages.turn_to("gates")
    before = window.inspector.work()
    choose(window, "Bahasa Indonesia")
    assert tab_names(window) == ["Pemeriksa sel", "Pembuat nama dinosaurus", "Prediksi saham"]
    assert "&Simpan" in menu_texts(window)
    assert window.windowTitle() == "Sesi tanpa judul[*] — RNN Studio"
    assert window.inspector.work() == before
    assert "Periksa" in window.inspector.workbench.titles.values()
    assert (remembered.language_code(), QLocale().name()) == ("id", "id_ID")
    choose(window, "English")
    assert tab_names(window) == ["Cell inspector", "Dinosaur generator", "Stock forecaster"]
    assert "&Save" in menu_texts(window)
    assert window.inspector.work() == before


def test_that_a_tab_that_was_built_anew_is_left_in_peace(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.stocks)
    qtbot.waitUntil(lambda: window.stocks.state.ready)
    old = window.stocks  # as before Python collects it
    choose(window, "Bahasa Indonesia")
    assert window.stocks is not old
    window.stocks.open_sample("IBM")
    qtbot.waitUntil(lambda: not window.stocks.state.reading)
    assert not window.stocks.state.read_problem


def test_that_keys_work_once_after_the_language_has_changed(window: MainWindow) -> None:
    choose(window, "Bahasa Indonesia")
    keys = [action.shortcut() for action in window.actions() if not action.shortcut().isEmpty()]
    assert len(keys) == len({key.toString() for key in keys})


@pytest.mark.parametrize("name", ["English", "Bahasa Indonesia"])
def test_that_no_letter_is_underlined_twice_in_a_menu(window: MainWindow, name: str) -> None:
    choose(window, name)
    for menu in window.findChildren(QMenu):
        marked = re.findall("(?<!&)&(.)", "\n".join(action.text() for action in menu.actions()))
        letters = [letter.lower() for letter in marked if letter.isalpha()]
        assert sorted(letters) == sorted(set(letters)), [a.text() for a in menu.actions()]


def test_that_buttons_and_menus_of_qt_speak_it_too(qtbot: QtBot, qapp: QCoreApplication) -> None:
    language.choose("id")
    speak(qapp)
    box = QMessageBox()
    qtbot.addWidget(box)
    buttons = QMessageBox.StandardButton
    texts = {each: box.addButton(each).text() for each in (buttons.Cancel, buttons.Save)}
    assert texts == {buttons.Cancel: "Batal", buttons.Save: "Simpan"}
    edit = QLineEdit("0,5")
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    said = {action.text().split("\t")[0] for action in menu.actions()}
    menu.deleteLater()
    assert {"&Salin", "Po&tong", "Pilih semua"} <= said


def test_that_csv_files_have_a_decimal_comma_once_it_is_chosen(window: MainWindow) -> None:
    try:
        choose(window, "0,5, semicolons between cells")
        assert (csv_text([[0.5, 1.0]]), remembered.decimal_mark()) == ("0,5;1,0\n", "comma")
        choose(window, "0.5, commas between cells")
        assert (csv_text([[0.5, 1.0]]), remembered.decimal_mark()) == ("0.5,1.0\n", "point")
    finally:
        choose_decimal_mark("point")


class Listening(QTranslator):
    """Notes what Qt wants to say."""

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self.asked: set[tuple[str, str]] = set()

    def translate(self, context: str, text: str, *_: object) -> None:
        self.asked.add((context, text))

    def isEmpty(self) -> bool:
        return False


def test_that_whatever_qt_says_in_its_dialogs_is_in_the_catalogue(
    qtbot: QtBot, qapp: QCoreApplication
) -> None:
    listening = Listening(qapp)
    qapp.installTranslator(listening)
    files, printing = QFileDialog(), QPrintDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    box = QMessageBox()
    for each in QMessageBox.StandardButton.Save, QMessageBox.StandardButton.Retry:
        box.addButton(each)
    for dialog in (files, printing, box):
        qtbot.addWidget(dialog)
        dialog.show()
        QApplication.processEvents()
    qapp.removeTranslator(listening)
    listening.deleteLater()
    keys = "QShortcut", "QPageSize", "QProgressBar", "QGuiApplication"
    asked = {text for context, text in listening.asked if context not in keys}
    words = {text for text in asked if re.search("[a-z]{2}", text) and not text.startswith("Alt+")}
    assert len(words) > 60
    assert words - {*SENTENCES, *KNOWN} == set()


@pytest.mark.parametrize(
    ("offered", "spoken"),
    [("id_ID.UTF-8", "id"), ("de_DE:id_ID", "id"), ("fr_CA:fr", "fr"), ("C", "en")],
)
def test_that_the_first_start_asks_for_the_language_of_the_system(
    offered: str, spoken: str
) -> None:
    program = "from rnnstudio.ui.shell import remembered; print(remembered.language_code())"
    environment = {**os.environ, "LANGUAGE": "" if offered == "C" else offered}
    environment |= {"LANG": offered.split(":", maxsplit=1)[0], "LC_ALL": "", "LC_MESSAGES": ""}
    with TemporaryDirectory() as nothing_kept:
        environment |= {"HOME": nothing_kept, "XDG_CONFIG_HOME": nothing_kept}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        )
    assert done.stdout.split() == [spoken.encode()]


def test_that_a_language_that_is_not_there_is_said_and_english_is_spoken() -> None:
    language.choose("id")
    said = language.choose_or_english("fr")
    assert str(said) == "There is no language 'fr', so this is English; there are en, id."
    assert language.code() == "en"
    assert language.choose_or_english("id_ID") is None
    assert language.code() == "id"
