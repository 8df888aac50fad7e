"""The settings: widgets to a spec and back, and the sentence about an impossible one."""

import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.ui.dinosaurs.drawer.recipe_form import RecipeForm


@pytest.fixture
def form(qtbot: QtBot) -> RecipeForm:
    form = RecipeForm()
    qtbot.addWidget(form)
    form.show()
    return form


def test_that_it_begins_with_the_published_recipe(form: RecipeForm) -> None:
    assert form.spec() == PaperSpec()
    assert form.valid
    assert not form.error.isVisible()


def test_that_a_spec_shown_is_the_spec_given_back(form: RecipeForm) -> None:
    spec = PaperSpec(123, learning_rate=0.012345678901, clip=7.5, units=8, sample_every=50, seed=9)
    form.show_spec(spec)
    assert form.spec() == spec


def test_that_a_decimal_comma_is_a_decimal_point(form: RecipeForm) -> None:
    form.fields["learning_rate"].setText("0,02")
    assert form.spec().learning_rate == 0.02


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-1", "The learning rate is -1.0; it must be a number above 0."),
        ("fast", "Learning rate is 'fast'; it must be a number."),
        ("", "Learning rate is ''; it must be a number."),
    ],
)
def test_when_a_setting_is_impossible_its_sentence_is_shown_until_it_is_right(
    form: RecipeForm, qtbot: QtBot, text: str, sentence: str
) -> None:
    with qtbot.waitSignal(form.changed):
        form.fields["learning_rate"].setText(text)
    assert not form.valid
    assert form.error.isVisible()
    assert form.error.text() == sentence
    with pytest.raises(UserError):
        form.spec()
    form.fields["learning_rate"].setText("0.01")
    assert form.valid
    assert not form.error.isVisible()


def test_that_both_published_clipping_limits_are_offered(form: RecipeForm) -> None:
    form.fields["clip"].setCurrentIndex(1)
    assert form.spec().clip == 10.0
    form.fields["clip"].setCurrentIndex(0)
    assert form.spec().clip == 5.0


@pytest.mark.parametrize(
    "spec",
    [
        PaperSpec(10_000_000, 1e-7, 123.456, 500, 1, 2**32 - 1),
        FastSpec("lstm", 499, 256, 10_000, 0.123456789, 1e6, 0.123, 0.4999, 10_000, 9, 2**31),
    ],
)
def test_that_the_form_holds_the_whole_range_of_what_a_file_can_hold(
    form: RecipeForm, spec: Spec
) -> None:
    form.show_spec(spec)
    assert form.spec() == spec


def test_when_a_number_is_beyond_its_range_it_stays_and_the_sentence_names_the_range(
    form: RecipeForm, qtbot: QtBot
) -> None:
    units = form.fields["units"]
    units.selectAll()
    qtbot.keyClicks(units, "99999")
    assert units.text() == "99999"
    assert (
        form.error.text()
        == "The number of units is 99999; it must be a whole number from 1 to 500."
    )
    assert not form.valid
