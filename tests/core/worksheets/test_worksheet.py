"""Worksheets: small numbers, no two sheets alike, and questions that Moodle reads."""

import re

import numpy as np
import pytest

from rnnstudio.core import language
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.errors import UserError
from rnnstudio.core.worksheets.gift import gift
from rnnstudio.core.worksheets.worksheet import worksheet


@pytest.mark.parametrize("name", CELLS)
def test_that_every_given_number_is_small_and_has_one_decimal(name: str) -> None:
    scene = worksheet(CELLS[name], 2, 5).scene
    arrays = [*scene.parameters.values(), *scene.initial.values(), scene.x, scene.da]
    for array in arrays:
        assert np.array_equal(np.round(array, 1), array)
        assert np.abs(array).min() >= 0.1
        assert np.abs(array).max() <= 3


def test_that_no_two_sheets_are_alike() -> None:
    sheets = [worksheet(CELLS["lstm"], 2, seed) for seed in range(1, 31)]
    numbers = {tuple(each.value for each in sheet.asked) for sheet in sheets}
    assert len(numbers) == 30


@pytest.mark.parametrize("steps", [0, 4, -1])
def test_that_a_size_that_does_not_fit_on_a_page_is_refused(steps: int) -> None:
    with pytest.raises(UserError, match="1 to 3 steps"):
        worksheet(CELLS["lstm"], steps, 1)


@pytest.mark.parametrize("code", language.NAMES)
def test_that_moodle_gets_every_question_with_its_answer_and_points(code: str) -> None:
    sheet = worksheet(CELLS["gru"], 2, 3)
    language.choose(code)
    try:
        text = gift([sheet])
    finally:
        language.choose("en")
    found = re.findall(r"^::3\.(\d+):: (.*) \{#(-?\d+\.\d{3}):0\.005\}$", text, re.MULTILINE)
    assert [int(number) for number, _, _ in found] == list(range(1, len(sheet.asked) + 1))
    for (_, question, answer), asked in zip(found, sheet.asked, strict=True):
        assert float(answer) == round(asked.value, 3)
        assert not re.search(r"(?<!\\)[~=#{}:]", question)
