"""A guided tour without a person: every tab does its job in the real window.

The command ``rnnstudio demo`` takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.screenshots import inspector_states, names_states, shares_states
from rnnstudio.ui.screenshots.screen import Screen, opened

SIZE = QSize(1280, 720)
EPOCHS = 15

Say = Callable[[Message], None]


@dataclass(frozen=True, eq=False)
class Tour:
    """The results: the trained names, the forecast and the pictures."""

    corpus: Corpus
    names: TrainedNames
    names_seconds: float
    forecast: Forecast
    pictures: tuple[Path, ...]


def take(folder: Path, say: Say, *, quick: bool = False) -> Tour:
    """Do each tab's job and leave a picture of it in ``folder``; ``say`` is called with each step.

    A ``quick`` tour trains for a moment only. Raises UserError when a picture cannot be written or
    a training fails. There has to be an application object.
    """
    usual = names_states.SPEC
    names = names_states.shortened(usual) if quick else usual
    prices = ForecastSpec(epochs=1 if quick else EPOCHS)
    with opened(SIZE) as screen:
        window = screen.window
        say(Message("Stepping through a cell, forward and backward"))
        inspector_states.step_through(screen)
        pictures = [_picture(screen, window.inspector, folder / "inspector.png")]
        say(
            Message(
                "Training on {share} for {epochs} epochs",
                {"share": shares_states.SHARE, "epochs": prices.epochs},
            )
        )
        forecast = _forecast(screen, prices)
        pictures.append(_picture(screen, window.stocks, folder / "stocks.png"))
        say(Message("Training on names for {count:n} iterations", {"count": names.iterations}))
        names_states.train(screen, names)
        pictures.append(_picture(screen, window.dinosaurs, folder / "dinosaurs.png"))
        state = window.dinosaurs.state
    if state.corpus is None or state.trained is None:
        raise UserError("The training on names gave no network.")
    return Tour(state.corpus, state.trained, state.run.seconds, forecast, tuple(pictures))


def _forecast(screen: Screen, spec: ForecastSpec) -> Forecast:
    shares_states.choose_settings(screen, spec)
    shares_states.train(screen)
    shares_states.evaluate(screen)
    evaluation = screen.window.stocks.state.evaluation
    if evaluation is None:
        raise UserError("The training on prices gave no forecast.")
    return evaluation.forecast


def _picture(screen: Screen, tab: QWidget, file: Path) -> Path:
    screen.window.tabs.setCurrentWidget(tab)
    if not screen.picture().save(str(file)):
        raise UserError(
            "The picture {file} could not be written; choose another folder.", file=file
        )
    return file
