"""Qt asks the catalogue of the language that is spoken."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.translator import CatalogueTranslator


@pytest.fixture
def indonesian(qapp: QCoreApplication) -> Iterator[None]:
    language.choose("id")
    translator = CatalogueTranslator(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    translator.deleteLater()
    language.choose("en")


@pytest.mark.usefixtures("indonesian")
def test_that_the_window_speaks_the_chosen_language(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    names = [window.tabs.tabText(place) for place in range(window.tabs.count())]
    assert names == ["Pemeriksa sel", "Pembuat nama dinosaurus", "Prediksi saham"]
    window.close()


@pytest.mark.usefixtures("indonesian")
def test_that_what_is_not_translated_stays_as_it_is() -> None:
    assert QCoreApplication.translate("X", "no sentence of ours") == "no sentence of ours"
