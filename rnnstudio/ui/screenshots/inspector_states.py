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
    CoverChosen,
    DirectionChosen,
    FaultInjected,
    GuessAsked,
    HandsCounted,
    InterventionSet,
    OperationChosen,
    OperationStepped,
    QuestionChosen,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.screenshots.screen import Screen, Show

STEP = 2
"""The third letter, a capital: the forget gate shuts."""
_PROGRAM = """\
def rnn_cell_forward(xt, a_prev, parameters):
    p = parameters
    a_next = np.tanh(p["Wax"] @ xt + p["Waa"] @ a_prev + p["ba"])
    return a_next, softmax(p["Wya"] @ a_next + p["by"]), (a_next, a_prev, xt, p)


def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, p = cache
    dz = da_next * (1 - a_next ** 2)
    return {
        "dxt": p["Wax"].T @ dz,
        "da_prev": p["Waa"] @ dz,
        "dWax": dz @ xt.T,
        "dWaa": dz @ a_prev.T,
        "dba": dz.sum(1, keepdims=True),
    }
"""
"""Its weights are to be transposed once more."""
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
    """The forget gate of the third letter is held open, what follows, and a number is typed."""
    inspector = screen.window.inspector
    inspector.workbench.open_section("what if")
    inspector.numbers.choose("Wf")
    _go_to(inspector, "c_next")
    inspector.dispatch(InterventionSet(Intervention("ft", 1.0, step=STEP)))
    field = inspector.numbers.table.open_field(1, 4)
    field.setText("-1.5")


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
    screen.settle()  # a window that becomes the active one closes its menus
    screen.window.tabs.ask_for_pages()


def inject_fault(screen: Screen) -> None:
    """Backward at the fourth letter, with a hidden fault and the check of all gradients."""
    inspector = screen.window.inspector
    forgotten_sum = next(f for f in inspector.state.scene.cell.faults if f.key == "sum")
    inspector.dispatch(FaultInjected(forgotten_sum, surprise=True))
    inspector.dispatch(DirectionChosen(PassDirection.BACKWARD))
    _go_to(inspector, "dc_prev", STEP + 1)
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
    """The gates over time, at every step."""
    screen.window.inspector.dispatch(CoverChosen(covered=False))
    _turn_to(screen.window.inspector, "gates")


def show_flow(screen: Screen) -> None:
    """How much of a gradient reaches each earlier step."""
    _turn_to(screen.window.inspector, "flow")


def ask_about_flow(screen: Screen) -> None:
    """What a forget bias of 0 does is asked before it is shown."""
    show_flow(screen)
    screen.window.inspector.pages.flow.guess()


def reveal_flow(screen: Screen) -> None:
    """The LSTM loses its gradient faster without a forget bias."""
    ask_about_flow(screen)
    screen.window.inspector.dispatch(HandsCounted(0, 19))
    screen.window.inspector.dispatch(HandsCounted(2, 4))
    screen.window.inspector.pages.flow.go_on(1)
    screen.settle()


def show_flow_settings(screen: Screen) -> None:
    """Every cell's gradient, and the settings over it."""
    show_flow(screen)
    screen.window.inspector.pages.flow.cells.buttons["all"].click()
    screen.window.inspector.pages.flow.settings_button.click()


def show_flow_table(screen: Screen) -> None:
    """The numbers of the flow in a table."""
    show_flow(screen)
    screen.window.inspector.pages.flow.table_button.click()


def show_many_gates(screen: Screen) -> None:
    """The memory of fifty units over time: a map, below zero hatched."""
    show_many_units(screen)
    show_gates(screen)
    gates = screen.window.inspector.pages.gates
    gates.value.setCurrentIndex(gates.value.findData("c_next"))


def ask_about_clipping(screen: Screen) -> None:
    """Which clipping turns the gradient is asked: the angles are covered."""
    show_clipping(screen)
    screen.window.inspector.pages.clipping.guess()


def answer_question(screen: Screen) -> None:
    """A ready question with the hands of a class, revealed."""
    show_questions(screen)
    inspector = screen.window.inspector
    for event in (QuestionChosen(3), HandsCounted(0, 12), HandsCounted(1, 9), AnswerRevealed()):
        inspector.dispatch(event)


def show_clipping(screen: Screen) -> None:
    """What clipping does to a gradient."""
    _turn_to(screen.window.inspector, "clipping")


def show_questions(screen: Screen) -> None:
    """Questions to be guessed before they are answered."""
    _turn_to(screen.window.inspector, "questions")


def show_bug_example(screen: Screen) -> None:
    """The page that finds bugs, with its example."""
    _turn_to(screen.window.inspector, "bug")


def visit_bug(screen: Screen) -> None:
    """The cell at the operation that goes wrong first in the example."""
    show_bug_example(screen)
    screen.window.inspector.pages.bug.panel.visit.click()


def find_bugs_in_program(screen: Screen) -> None:
    """A program with a mistake in one of its functions was run and looked at."""
    ask_to_run_program(screen)
    bug = screen.window.inspector.pages.bug
    bug.hand_in.question.run.click()
    screen.wait(lambda: not bug.loader.busy)


def ask_to_run_program(screen: Screen) -> None:
    """Whether a program may run is asked before it does."""
    show_bug_example(screen)
    program = screen.folder / "mine.py"
    program.write_text(_PROGRAM, "utf-8")
    inspector = screen.window.inspector
    inspector.take_file(program)


def refuse_cut_array(screen: Screen) -> None:
    """A printed array that was cut cannot be looked at."""
    show_bug_example(screen)
    bug = screen.window.inspector.pages.bug
    bug.hand_in.text.setPlainText("dWf = [[-0.0125 0.0321 ... 0.1250]\n [0.5 ...]]")
    bug.find_button.click()
    screen.wait(lambda: not bug.loader.busy)


def show_models(screen: Screen) -> None:
    """Which models open, and the lines that write them."""
    _turn_to(screen.window.inspector, "models")


def refuse_model(screen: Screen) -> None:
    """A file that is no model was dropped."""
    file = screen.folder / "model.keras"
    file.write_text("This is no model.", "utf-8")
    inspector = screen.window.inspector
    inspector.take_file(file)
    screen.wait(lambda: not inspector.form.loader.busy)


def _turn_to(inspector: InspectorTab, page: str) -> None:
    inspector.pages.turn_to(page)


def _go_to(inspector: InspectorTab, row: str, step: int = STEP) -> None:
    """To the row of that name at a letter, the third if no other is asked for."""
    inspector.dispatch(TimeChosen(step))
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
    "inspector-gates-map": show_many_gates,
    "gradient-flow": show_flow,
    "gradient-flow-asked": ask_about_flow,
    "gradient-flow-revealed": reveal_flow,
    "gradient-flow-settings": show_flow_settings,
    "gradient-flow-table": show_flow_table,
    "inspector-clipping": show_clipping,
    "inspector-clipping-asked": ask_about_clipping,
    "inspector-questions": show_questions,
    "inspector-questions-answered": answer_question,
    "find-my-bug": show_bug_example,
    "find-my-bug-cell": visit_bug,
    "find-my-bug-program": find_bugs_in_program,
    "find-my-bug-asked": ask_to_run_program,
    "find-my-bug-refused": refuse_cut_array,
    "open-a-model": show_models,
    "inspector-error": refuse_model,
}
