"""What is printed is recomputed from what is printed; one page a sheet; files beside each other."""

import re
from collections.abc import Callable
from io import BytesIO
from math import exp, tanh
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.worksheets.worksheet import worksheet
from rnnstudio.ui.worksheets.worksheet_dialog import WorksheetDialog
from rnnstudio.ui.worksheets.worksheet_pdf import worksheet_pdf

Numbers = dict[str, float]
NUMBER = r"−?\d+[.,]\d+"


def printed(content: bytes, page: int = 0) -> str:
    """The text of a page without its blanks."""
    return re.sub(r"\s", "", PdfReader(BytesIO(content)).pages[page].extract_text())


def figure(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


def given(text: str) -> Numbers:
    """What stands under Given: ``Wf1``, ``bf``, ``a0``, ``x1``, ``da2``."""
    found: Numbers = {}
    names = rf"(W[a-z]+|b[a-z]+|d?[acx]⟨\d⟩)=(\(?)({NUMBER})(?:;({NUMBER}))?"
    for name, bracket, one, other in re.findall(names, text):
        key = name.replace("⟨", "").replace("⟩", "")
        found[f"{key}1" if bracket else key] = figure(one)
        if other:
            found[f"{key}2"] = figure(other)
    return found


def row(text: str, name: str, part: int = 0) -> list[float]:
    """The printed figures of one row, of its ``part``-th place in the text."""
    found = re.findall(rf"(?<![a-z~]){name}((?:−?\d+[.,]\d{{3}})+)", text)[part]
    return [figure(each) for each in re.findall(r"−?\d+[.,]\d{3}", found)]


def sigma(z: float) -> float:
    return 1 / (1 + exp(-z))


def lstm(n: Numbers, steps: int) -> list[Numbers]:
    """The textbook's LSTM, in plain arithmetic."""
    a, c, found = n["a0"], n["c0"], []
    for t in range(1, steps + 1):
        z = {g: n[f"W{g}1"] * a + n[f"W{g}2"] * n[f"x{t}"] + n[f"b{g}"] for g in "fico"}
        f, i, g, o = sigma(z["f"]), sigma(z["i"]), tanh(z["c"]), sigma(z["o"])
        c = f * c + i * g
        a = o * tanh(c)
        found.append({"f": f, "i": i, "c̃": g, "c": c, "o": o, "a": a})
    return found


def rnn(n: Numbers, steps: int) -> list[Numbers]:
    a, found = n["a0"], []
    for t in range(1, steps + 1):
        a = tanh(n["Wax"] * n[f"x{t}"] + n["Waa"] * a + n["ba"])
        found.append({"a": a})
    return found


def gru(n: Numbers, steps: int) -> list[Numbers]:
    a, found = n["a0"], []
    for t in range(1, steps + 1):
        x = n[f"x{t}"]
        z = sigma(n["Wzx"] * x + n["bzx"] + n["Wza"] * a + n["bza"])
        r = sigma(n["Wrx"] * x + n["brx"] + n["Wra"] * a + n["bra"])
        m = n["Wca"] * a + n["bca"]
        g = tanh(n["Wcx"] * x + n["bcx"] + r * m)
        a = z * a + (1 - z) * g
        found.append({"z": z, "r": r, "m": m, "c̃": g, "a": a})
    return found


def slope(
    cell: Callable[[Numbers, int], list[Numbers]], n: Numbers, steps: int, name: str
) -> float:
    """The loss's derivative by the given number ``name``, by central differences."""

    def loss(nudge: float) -> float:
        values = cell(n | {name: n[name] + nudge}, steps)
        return sum(n[f"da{t + 1}"] * each["a"] for t, each in enumerate(values))

    return (loss(1e-5) - loss(-1e-5)) / 2e-5


BIASES = {"lstm": {"do": "bo", "dc̃": "bc", "di": "bi", "df": "bf"}, "rnn": {"dz": "ba"}}
BIASES["gru"] = {"dz": "bzx", "dc̃": "bcx", "dr": "brx", "dm": "bca"}
BY_HAND = {"lstm": lstm, "rnn": rnn, "gru": gru}


@pytest.mark.parametrize("code", language.NAMES)
@pytest.mark.parametrize("name", CELLS)
def test_that_the_key_is_what_follows_from_the_printed_numbers(
    qapp: QApplication, name: str, code: str
) -> None:
    language.choose(code)
    try:
        sheets = [worksheet(CELLS[name], 2, seed) for seed in (1, 2)]
        key = worksheet_pdf(sheets, key=True)
    finally:
        language.choose("en")
    for page in range(2):
        text = printed(key, page)
        numbers = given(text)
        values = BY_HAND[name](numbers, 2)
        for letter in values[0]:
            found = row(text, f"{letter}⟨t⟩")
            assert found == [pytest.approx(each[letter], abs=0.00051) for each in values]
        for gradient, bias in BIASES[name].items():
            mark = "" if (name, gradient) == ("rnn", "dz") else "⟨t⟩"
            summed = sum(row(text, gradient + mark))
            assert summed == pytest.approx(slope(BY_HAND[name], numbers, 2, bias), abs=0.0012)
        sent = row(text, "da⟨t−1⟩")[-1]
        assert sent == pytest.approx(slope(BY_HAND[name], numbers, 2, "a0"), abs=0.00051)


@pytest.mark.parametrize("name", CELLS)
def test_that_a_sheet_has_one_page_and_no_answer(qapp: QApplication, name: str) -> None:
    content = worksheet_pdf([worksheet(CELLS[name], 3, seed) for seed in (1, 2, 3)], key=False)
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) == 3
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    assert not re.search(r"\d\.\d{3}", printed(content))


def test_that_the_dialog_writes_sheets_key_and_questions(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = WorksheetDialog()
    qtbot.addWidget(dialog)
    dialog.sheets.setValue(2)
    dialog.moodle.setChecked(True)
    with qtbot.waitSignal(dialog.written):
        dialog.write(tmp_path / "class XI.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "class XI-key.pdf",
        "class XI.gift",
        "class XI.pdf",
    ]


def test_that_a_place_that_cannot_be_written_to_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = WorksheetDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.sheets.setValue(1)
    (tmp_path / "file").touch()
    dialog.write(tmp_path / "file" / "sheets.pdf")
    assert dialog.isVisible()
    assert dialog.message.isVisible()
