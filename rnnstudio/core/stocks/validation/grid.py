"""Many forecasts side by side: shares by presets by engines, each with its whole panel."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.export.forecast_json import summary_json
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


def run(case: GridCase, control: Control, fit: Fit) -> Training:
    """Train the case's seeds and open its test span once; ``Finished`` carries plain data."""
    spec = replace(preset_for(case.preset, case.split.table), engine=case.engine)
    if case.epochs is not None:
        spec = replace(spec, epochs=case.epochs)
    for event in train_seeds(spec, case.split, control, fit, case.seeds):
        if isinstance(event, Finished):
            forecast = evaluate(event.result[0])
            yield replace(
                event,
                result={
                    "share": case.share,
                    "preset": case.preset,
                    "engine": case.engine,
                    "target": spec.target,
                    "epochs": spec.epochs,
                    "rows_train": forecast.split.rows_train,
                    "rows_validation": forecast.split.rows_validation,
                    "rows_test": forecast.split.rows_test,
                    "seconds": sum(each.seconds for each in event.result),
                    "panel": summary_json(summarize(forecast, event.result)),
                },
            )
        else:
            yield event
