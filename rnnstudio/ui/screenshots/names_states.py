"""States of the dinosaur generator."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.ui.dinosaurs.events import LetterHandCounted
from rnnstudio.ui.dinosaurs.home.pace import FASTEST
from rnnstudio.ui.screenshots.screen import Screen, Show

SPEC = PaperSpec(iterations=12_000, sample_every=2_000)
QUICK = 10
"""A short training has so many times fewer iterations."""
_LONG = replace(SPEC, iterations=1_000_000)
_SOME = 4_000
"""Iterations after which a training is looked at on its way."""


def show_before(screen: Screen) -> None:
    """Names are there, and no network yet."""
    _turn_to(screen, "home")


def watch_training(screen: Screen) -> None:
    """A network that learns, paused on its way."""
    tab = screen.window.dinosaurs
    _turn_to(screen, "home")
    tab.form.show_spec(_LONG)
    tab.jobs.set_pace(FASTEST)
    tab.start()
    screen.wait(lambda: tab.state.run.step > (_SOME // QUICK if screen.quick else _SOME))
    tab.home_page.bar.primary.click()
    screen.wait(lambda: _seen(screen))


def ask_letter(screen: Screen) -> None:
    """A class is to guess the next letter."""
    train_usual(screen)
    tab = screen.window.dinosaurs
    tab.ask_letter()
    for choice, hands in enumerate((3, 14, 6, 2)):
        tab.dispatch(LetterHandCounted(choice, hands))


def train_usual(screen: Screen) -> None:
    """A network has learned the names."""
    train(screen, shortened(SPEC) if screen.quick else SPEC)


def shortened(spec: PaperSpec) -> PaperSpec:
    """The settings of a training of a moment."""
    return replace(spec, iterations=spec.iterations // QUICK)


def train(screen: Screen, spec: Spec) -> None:
    """Train with these settings, to the end."""
    tab = screen.window.dinosaurs
    _turn_to(screen, "home")
    tab.form.show_spec(spec)
    tab.jobs.set_pace(FASTEST)
    tab.start()
    screen.wait_for_end(lambda: tab.state.run)
    screen.wait(lambda: _seen(screen))
    screen.settle()  # the other pages take the network with the next repaint


def show_list(screen: Screen) -> None:
    """The names that are learned from, and how they were read."""
    _turn_to(screen, "list")


def draw(screen: Screen) -> None:
    """Names that a trained network has drawn, each with its neighbour."""
    train_usual(screen)
    tab = screen.window.dinosaurs
    tab.draw()
    screen.wait(lambda: not tab.drawing.busy)
    screen.settle()
    tab.pages.drawn.drawn.table.selectRow(0)


def compare(screen: Screen) -> None:
    """Two trainings side by side."""
    for rate in (SPEC.learning_rate, 3 * SPEC.learning_rate):
        spec = replace(SPEC, learning_rate=rate)
        train(screen, shortened(spec) if screen.quick else spec)
    _turn_to(screen, "compare")


def pair(screen: Screen) -> None:
    """Two networks on the same random numbers, and one cursor in a name."""
    compare(screen)
    _turn_to(screen, "pair")


def inspect_pair(screen: Screen) -> None:
    """The same two in the inspector."""
    pair(screen)
    screen.window.dinosaurs.pages.pair.inspect.click()


def show_before_evaluation(screen: Screen) -> None:
    """No recipe has been evaluated yet."""
    _turn_to(screen, "good")


def evaluate(screen: Screen) -> None:
    """The network there is, judged beside n-gram models on the names that it held out."""
    train(screen, FastSpec(epochs=1) if screen.quick else FastSpec())
    jobs = screen.window.dinosaurs.evaluation
    _turn_to(screen, "good")
    jobs.judge()
    screen.wait_for_end(lambda: jobs.state.run)


def explain(screen: Screen) -> None:
    """Why it learns, and the stages in which a name is drawn."""
    train_usual(screen)
    _turn_to(screen, "explain")


def clip(screen: Screen) -> None:
    """A training with clipping and without."""
    train_usual(screen)
    jobs = screen.window.dinosaurs.explaining
    _turn_to(screen, "clipping")
    jobs.start()
    screen.wait_for_end(lambda: jobs.state.run)


def refuse_list(screen: Screen) -> None:
    """A picture was dropped as a list of names."""
    file = screen.folder / "names.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    tab = screen.window.dinosaurs
    _turn_to(screen, "home")
    tab.take_file(file)
    screen.wait(lambda: not tab.state.reading)


def _turn_to(screen: Screen, page: str) -> None:
    screen.window.tabs.setCurrentWidget(screen.window.dinosaurs)
    screen.window.dinosaurs.pages.turn_to(page)


def _seen(screen: Screen) -> bool:
    """Whether the names in sight are those of the network that there is."""
    state = screen.window.dinosaurs.state
    return (
        state.film is not None
        and state.film.trained is state.looked_at
        and state.references is not None
    )


STATES: dict[str, Show] = {
    "names-before": show_before,
    "names-training": watch_training,
    "names-desk": train_usual,
    "names-class": train_usual,
    "names-guessed": ask_letter,
    "names-list": show_list,
    "names-drawn": draw,
    "names-compared": compare,
    "names-pair": pair,
    "names-pair-inspected": inspect_pair,
    "names-before-evaluation": show_before_evaluation,
    "names-evaluated": evaluate,
    "names-explained": explain,
    "names-clipped": clip,
    "names-error": refuse_list,
}
