"""States of the cell inspector."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, Source, scenes
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    CheckAsked,
    DirectionChosen,
    FaultInjected,
    GuessAsked,
    HandsCounted,
    InterventionSet,
    OperationChosen,
    OperationStepped,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.screenshots.screen import Screen, Show

STEP = 2
"""The third letter, a capital: the forget gate shuts."""
_MANY = Sizes(n_a=50, T_x=8)


def show_forget_gate(screen: Screen) -> None:
    """Forward, at the third letter's forget gate."""
    _go_to(screen.window.inspector, "ft")


def show_start(screen: Screen) -> None:
    """As it opens: before the first operation."""
    screen.window.tabs.setCurrentWidget(screen.window.inspector)


def show_end_of_pass(screen: Screen) -> None:
    """All operations of the pass forward are done."""
    screen.window.inspector.dispatch(OperationStepped(screen.window.inspector.state.last_position))


def step_through(screen: Screen) -> None:
    """Every operation of a pass forward and of one backward, then to the memory's gradient."""
    inspector = screen.window.inspector
    for direction in (PassDirection.FORWARD, PassDirection.BACKWARD):
        inspector.dispatch(DirectionChosen(direction))
        for _ in range(inspector.state.last_position):
            inspector.dispatch(OperationStepped(1))
    _go_to(inspector, "dc")


def hold_gate(screen: Screen) -> None:
    """The forget gate of the third letter is held open, and what follows from it."""
    inspector = screen.window.inspector
    inspector.workbench.open_section("what if")
    _go_to(inspector, "ft")
    inspector.dispatch(InterventionSet(Intervention("ft", 1.0, step=STEP)))


def show_numbers(screen: Screen) -> None:
    """The arrays that can be typed over."""
    inspector = screen.window.inspector
    inspector.workbench.open_section("numbers")
    _go_to(inspector, "ft")


def ask_class(screen: Screen) -> None:
    """A class guesses the third letter's forget gate; hands were counted before it too."""
    inspector = screen.window.inspector
    inspector.dispatch(TimeChosen(STEP - 1))
    for hands in ((11, 21, 0), (9, 14, 5)):
        inspector.dispatch(GuessAsked())
        for choice, count in enumerate(hands):
            inspector.dispatch(HandsCounted(choice, count))
        if inspector.state.cursor.time < STEP:
            inspector.dispatch(AnswerRevealed())
            inspector.dispatch(TimeChosen(STEP))
            inspector.dispatch(OperationChosen(0))


def open_pages_menu(screen: Screen) -> None:
    """The menu of the tab's pages is open over the cell."""
    show_forget_gate(screen)
    screen.window.tabs.ask_for_pages()


def inject_fault(screen: Screen) -> None:
    """Backward with a fault in it, and the gradient check that finds it."""
    inspector = screen.window.inspector
    inspector.workbench.open_section("check")
    inspector.dispatch(FaultInjected(inspector.state.scene.cell.faults[0]))
    inspector.dispatch(DirectionChosen(PassDirection.BACKWARD))
    _go_to(inspector, inspector.state.scene.cell.faults[0].name)
    inspector.dispatch(CheckAsked())


def compare_cells(screen: Screen) -> None:
    """An LSTM and a GRU that read the same word."""
    inspector = screen.window.inspector
    inspector.dispatch(SceneChosen(*scenes(SceneSpec(cells=("lstm", "gru")))))
    _go_to(inspector, "ft")


def show_many_units(screen: Screen) -> None:
    """Fifty units: heat maps where a row each would be too many."""
    inspector = screen.window.inspector
    spec = replace(SceneSpec(), source=Source.RANDOM, sizes=_MANY)
    inspector.dispatch(SceneChosen(*scenes(spec)))
    _go_to(inspector, "ft")


def show_sums(screen: Screen) -> None:
    """The gradients of the weights, added up over all steps."""
    inspector = screen.window.inspector
    inspector.pages.turn_to("sums")
    inspector.dispatch(DirectionChosen(PassDirection.BACKWARD))
    inspector.dispatch(OperationStepped(inspector.state.last_position))


def show_gates(screen: Screen) -> None:
    """The gates over time."""
    _turn_to(screen.window.inspector, "gates")


def show_flow(screen: Screen) -> None:
    """How much of a gradient reaches each earlier step."""
    _turn_to(screen.window.inspector, "flow")


def show_clipping(screen: Screen) -> None:
    """What clipping does to a gradient."""
    _turn_to(screen.window.inspector, "clipping")


def show_questions(screen: Screen) -> None:
    """Questions to be guessed before they are answered."""
    _turn_to(screen.window.inspector, "questions")


def refuse_model(screen: Screen) -> None:
    """A file that is no model was dropped."""
    file = screen.folder / "model.keras"
    file.write_text("This is no model.", "utf-8")
    inspector = screen.window.inspector
    inspector.take_file(file)
    screen.wait(lambda: not inspector.form.loader.busy)


def _turn_to(inspector: InspectorTab, page: str) -> None:
    inspector.pages.turn_to(page)


def _go_to(inspector: InspectorTab, row: str) -> None:
    """To the row of that name at the third letter."""
    inspector.dispatch(TimeChosen(STEP))
    names = [operation.name for operation in inspector.state.table]
    inspector.dispatch(OperationChosen(names.index(row) if row in names else 0))


STATES: dict[str, Show] = {
    "inspector-start": show_start,
    "inspector-desk": show_forget_gate,
    "inspector-1024": show_forget_gate,
    "inspector-class": ask_class,
    "nav-open": open_pages_menu,
    "inspector-done": show_end_of_pass,
    "inspector-desk-drawer": hold_gate,
    "inspector-numbers": show_numbers,
    "inspector-backward": step_through,
    "inspector-backward-dark": inject_fault,
    "inspector-compared": compare_cells,
    "inspector-many-units": show_many_units,
    "inspector-sums": show_sums,
    "inspector-gates": show_gates,
    "gradient-flow": show_flow,
    "inspector-clipping": show_clipping,
    "inspector-questions": show_questions,
    "inspector-error": refuse_model,
}
