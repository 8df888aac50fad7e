"""Many forecasts side by side: shares by presets by engines, each with its whole summary."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import Forecast, evaluate
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary, summarize
from rnnstudio.core.stocks.model.forecast_spec import EngineName
from rnnstudio.core.stocks.model.presets import PresetName, preset_for
from rnnstudio.core.training import Control, Finished, Training


@dataclass(frozen=True, eq=False)
class GridCase:
    """One share forecast by one preset in one engine; ``epochs`` None is the preset's number."""

    share: str
    split: Split
    preset: PresetName
    engine: EngineName
    seeds: int
    epochs: int | None = None


@dataclass(frozen=True, eq=False)
class GridResult:
    """The result of a case: its first seed's forecast, all seeds' summary; it took ``seconds``."""

    case: GridCase
    forecast: Forecast
    summary: EvaluationSummary
    seconds: float


def run(case: GridCase, control: Control, fit: Fit) -> Training:
    """Train the case's seeds and open its test span once; ``Finished`` carries a ``GridResult``."""
    spec = replace(preset_for(case.preset, case.split.table), engine=case.engine)
    if case.epochs is not None:
        spec = replace(spec, epochs=case.epochs)
    for event in train_seeds(spec, case.split, control, fit, case.seeds):
        if isinstance(event, Finished):
            forecast = evaluate(event.result[0])
            seconds = sum(each.seconds for each in event.result)
            found = summarize(forecast, event.result)
            yield replace(event, result=GridResult(case, forecast, found, seconds))
        else:
            yield event
