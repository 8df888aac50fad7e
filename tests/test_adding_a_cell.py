"""docs/adding-a-cell.md, followed to the letter: its cell goes through everything there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.cli.main import make_parser
from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.box_labels import box_label
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.flow import FlowSpec, flows
from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.observation import observe
from rnnstudio.core.cells.parcels import parcels
from rnnstudio.core.cells.prediction import AskWhen, is_asked, predict_value
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, check_scene, trace
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.substitution import substitute
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights, predict
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.weights import to_keras
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.scene import to_scene
from rnnstudio.core.models.scene_file import load_scene, save_scene
from rnnstudio.core.models.values_file import save_values
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.names_scene import to_scene as names_scene
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.inspector_scene import to_scene as price_scene
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster, save_forecaster
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.inspector.events import (
    CheckAsked,
    DirectionChosen,
    FaultInjected,
    NotationChosen,
    OperationStepped,
)
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.state import start
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.stocks.form import ForecastForm
from tests.core.names.runs import FAST, assert_same, finished
from tests.core.stocks import made

PAGE = Path(__file__).resolve().parent.parent / "docs" / "adding-a-cell.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
NAME = "peephole"


@pytest.fixture
def cell() -> Iterator[Cell]:
    """The cell that the page makes, in the registries for as long as a test runs."""
    names: dict[str, object] = {"__name__": "page"}
    try:
        exec(compile("\n".join(BLOCKS), str(PAGE), "exec"), names)  # noqa: S102 - our own page
        yield CELLS[NAME]
    finally:
        CELLS.pop(NAME, None)
        KINDS.pop(NAME, None)


def test_that_the_page_s_cell_is_offered_alone_and_beside_every_other(
    cell: Cell, qtbot: QtBot
) -> None:
    tab = InspectorTab()
    qtbot.addWidget(tab)
    offered = [tab.form.cell.itemText(index) for index in range(tab.form.cell.count())]
    assert cell.label in offered
    assert sum(cell.label in text for text in offered) == len(CELLS)


@pytest.mark.parametrize("backward", [False, True])
def test_that_the_page_s_cell_is_put_in_words_asked_for_and_put_in_numbers(
    cell: Cell, backward: bool
) -> None:
    traced = trace(random_scene(cell, Sizes(n_a=2), 1))
    assert {str(box_label(cell, gate)) for gate in cell.gates} == {
        "forget gate",
        "input gate",
        "output gate",
    }
    for row in cell.backward + cell.sums if backward else cell.forward:
        assert str(observe(traced, row, 1, backward=backward)).endswith(".")
        assert substitute(traced, row, 1, backward=backward).rows
        if is_asked(traced, row, AskWhen.EVERY_VALUE):
            asked = predict_value(traced, row.name, 1, (0, 0), backward=backward)
            assert 0 <= asked.right < len(asked.choices)
    assert [parcel.state for parcel in parcels(traced, 1, backward=backward)] == 2 * ["a", "c"]
    assert "pf" not in [tag.parameter for tag in Sums(traced).tags(1)["ft"]]


@pytest.mark.slow
@pytest.mark.parametrize("direction", PassDirection)
@pytest.mark.parametrize("page", PAGES)
def test_that_the_page_s_cell_is_shown_in_every_view(
    cell: Cell, qtbot: QtBot, page: str, direction: PassDirection
) -> None:
    tab = InspectorTab()
    qtbot.addWidget(tab)
    tab.resize(1280, 640)
    tab.show()
    tab.form.cell.setCurrentIndex(tab.form.cell.findText(cell.label))
    tab.pages.turn_to(page)
    tab.dispatch(DirectionChosen(direction))
    for place in range(len(tab.state.table)):
        tab.workbench.open_section(("scene", "terms", "code")[place % 3])
        for notation in Notation:
            tab.dispatch(NotationChosen(notation))
        assert symbol(tab.state.operation.name, notation).latex in tab.cell.card.formula.latex
        tab.grab()
        tab.dispatch(OperationStepped(1))
    tab.take_away.copy_formulas()


def test_that_the_page_s_cell_is_checked_and_its_fault_is_found(cell: Cell, qtbot: QtBot) -> None:
    tab = InspectorTab()
    qtbot.addWidget(tab)
    tab.show_scene(random_scene(cell, Sizes(), 1))
    tab.dispatch(CheckAsked())
    assert tab.state.checks is not None
    assert max(check.relative_error for check in tab.state.checks) < 1e-7
    tab.dispatch(FaultInjected(cell.faults[0]))
    tab.dispatch(CheckAsked())
    assert max(check.relative_error for check in tab.state.checks) > 1e-3


def test_that_the_page_s_cell_has_a_gradient_flow_beside_the_others(
    cell: Cell, qtbot: QtBot
) -> None:
    # Peepholes begin at zero, so it is the LSTM of the same weights.
    found = flows(FlowSpec(steps=12, forget_bias=2.0))
    np.testing.assert_allclose(found[NAME].norms, found["lstm"].norms, rtol=1e-12)
    np.testing.assert_allclose(found[NAME].direct, found["lstm"].direct, rtol=1e-12)
    view = FlowView()
    qtbot.addWidget(view)
    view.show()
    view.show_state(start(random_scene(cell, Sizes(), 1)))
    view.cells.buttons["all"].click()
    assert cell.label in view.paths.text()
    shown = {line.name: line for line in view.lengths.lines}
    assert len(shown[cell.label].y) == view.spec().steps


def test_that_the_page_s_cell_learns_and_the_table_predicts_the_same(cell: Cell) -> None:
    spec = ModelSpec(2, (Recurrent(NAME, 6), Dense(1)))
    draw = np.random.default_rng(3).standard_normal
    x = draw((40, 5, 2))
    examples = Examples(x, x[:, 0, :1])
    steps = FitSpec(epochs=150, batch_size=20, optimizer=Adam(0.01), dtype="float64")
    *_, last = fit(spec, steps, examples, control=Control())
    assert isinstance(last, Finished)
    trained = last.result
    assert trained.losses[-1] < 0.2 * trained.losses[0]
    layer, dense = trained.weights
    zeros = {state: np.zeros((6, 40)) for state in cell.states}
    values = unroll.forward(cell, x.transpose(2, 0, 1), {**layer, **dense}, zeros)[-1]
    expected = dense["Wy"] @ values["a_next"] + dense["by"]
    np.testing.assert_allclose(predict(spec, trained.weights, x), expected.T, atol=1e-10)


def test_that_keras_says_that_it_has_no_such_cell(cell: Cell) -> None:
    layer = Recurrent(NAME, 3)
    weights = initial_weights(ModelSpec(2, (layer,)), 1)[0]
    with pytest.raises(UserError, match="Keras has no cell peephole"):
        to_keras(layer, weights)


def test_that_a_cell_without_a_layer_can_be_looked_at_and_not_trained(cell: Cell) -> None:
    del KINDS[NAME]
    assert trace(random_scene(cell, Sizes(), 1)).forward
    with pytest.raises(UserError, match="can be looked at but not trained"):
        initial_weights(ModelSpec(2, (Recurrent(NAME, 3),)), 1)


def test_that_the_page_s_cell_is_saved_and_opened(cell: Cell, tmp_path: Path) -> None:
    scene = random_scene(cell, Sizes(T_x=6), 2).with_fault(cell.faults[0])
    save_scene(tmp_path / "a.rnnstudio", scene)
    back = load_scene(tmp_path / "a.rnnstudio")
    assert back.cell == scene.cell
    assert back.fault == scene.fault
    assert back.same_numbers(scene)
    save_values(tmp_path / "a.npz", trace(scene))
    opened = to_scene(open_model(tmp_path / "a.npz"), scene.x[:, 0])
    assert opened.cell.name == NAME
    np.testing.assert_array_equal(
        trace(opened).forward[-1]["a_next"], trace(scene).forward[-1]["a_next"]
    )


def test_that_the_page_s_cell_forecasts_prices_and_is_saved_opened_and_inspected(
    cell: Cell, tmp_path: Path, qtbot: QtBot
) -> None:
    form = ForecastForm(["numpy"])
    qtbot.addWidget(form)
    assert form.cell.findText(cell.label) == form.cell.findData(NAME) >= 0
    split = made.walk(60, 40)
    trained = made.trained(split, replace(made.PAPER, cell=NAME))
    save_forecaster(tmp_path / "a.rnnstudio", trained, AccessLog())
    back, _ = load_forecaster(tmp_path / "a.rnnstudio")
    assert back.spec == trained.spec
    scene = price_scene(back, split.table, 50)
    said = trace(scene).forward[-1]["yt_pred"]
    raw = split.table.matrix(back.spec.columns)[np.newaxis, 50 - back.spec.lookback : 50]
    np.testing.assert_allclose(said, back.outputs(raw), rtol=1e-4, atol=1e-6)


def test_that_the_page_s_cell_learns_names_and_is_opened_and_inspected(
    cell: Cell, tmp_path: Path
) -> None:
    trained = finished(replace(FAST, cell=NAME))
    save_names(tmp_path / "run.rnnstudio", trained)
    back = load_names(tmp_path / "run.rnnstudio")
    assert_same(back, trained)
    scene = names_scene(back, back.corpus.names[0])
    assert scene.cell.name == NAME
    assert max(tensor.relative_error for tensor in check_scene(scene)) < 1e-6


def test_that_the_page_s_cell_is_a_choice_on_the_command_line(cell: Cell) -> None:
    options = make_parser().parse_args(["names", "train", "--recipe", "fast", "--cell", NAME])
    assert options.cell == NAME
