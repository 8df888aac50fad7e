"""What a run's script has to know: which parts it needs, and its settings as assignments."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Literal, get_args

from rnnstudio.core import language
from rnnstudio.core.engine.dropout import CHANCES
from rnnstudio.core.engine.kinds import Kind, kind_of
from rnnstudio.core.engine.threads import LARGE_PRODUCT, step_product
from rnnstudio.core.engine.trained_model import predicted_together
from rnnstudio.core.keras_engine.execution_mode import execution_mode
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import is_change, is_price
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec

Feature = Literal[
    "keras",
    "one thread",
    "several layers",
    "dropout",
    "validation",
    "patience",
    "log return",
    "counts",
    "changes",
    "trust",
]
KNOWN: frozenset[Feature] = frozenset(get_args(Feature))

SUM = "sum of the numbers read"
TOLERANCE = 0.01
"""How far, as a share, rounding in another order may take a figure: a rough training was measured
at 0.0004, the presets at 0.000004; docs/script.md has it all."""

_PARAMETERS: tuple[tuple[str, str, Message], ...] = (
    ("window", "WINDOW", Message("days the network sees before the day it forecasts")),
    ("layers", "LAYERS", Message("recurrent layers")),
    ("units", "UNITS", Message("units in each layer, n_a")),
    ("dropout", "DROPOUT", Message("share of a layer's outputs dropped while training")),
    ("epochs", "EPOCHS", Message("times through the training days, at most")),
    ("batch_size", "BATCH_SIZE", Message("examples in each step, m")),
    ("learning_rate", "LEARNING_RATE", Message("size of Adam's steps")),
    ("patience", "PATIENCE", Message("epochs without a better one before the training ends")),
    ("seed", "SEED", Message("of the first weights, the order of the days and what is dropped")),
)
"""The settings that a script may need: name in the spec, name in the script, what it is."""


def features_of(spec: ForecastSpec) -> frozenset[Feature]:
    """Which parts of the script a run with these settings needs."""
    returns = spec.quantity == "log return"
    wanted: dict[Feature, bool] = {
        "keras": spec.engine == "keras",
        "one thread": step_product(spec.model, spec.batch_size) < LARGE_PRODUCT,
        "several layers": spec.layers > 1,
        "dropout": round(spec.dropout * CHANCES) > 0,
        "validation": spec.validation > 0,
        "patience": spec.patience is not None,
        "log return": returns,
        "counts": returns and bool(_counts(spec)),
        "changes": returns and bool(_changes(spec)),
        "trust": returns and spec.validation > 0,
    }
    return frozenset(feature for feature, is_wanted in wanted.items() if is_wanted)


def settings_of(forecast: Forecast, prices: str, days: str) -> str:
    """The settings and the application's figures as Python text; files by their names.

    ``prices`` is the file that the script reads, ``days`` the one that it writes.
    """
    lines = [
        f"# 1. {language.text(Message('The settings, and what the application came to'))}",
        "",
        f"PRICES = Path(__file__).with_name({prices!r})",
        f"FORECAST = Path(__file__).with_name({days!r})",
        *_data_lines(forecast),
        *_parameter_lines(forecast.spec),
        *_engine_lines(forecast),
        "",
        f"SUM = {SUM!r}",
        f"APPLICATION = {{  # {language.text(Message('the figures that RNN Studio had'))}",
        *(f"    {_key(name)}: {value!r}," for name, value in _figures(forecast).items()),
        "}",
        _line("TOLERANCE", TOLERANCE, Message("the share by which rounding may move a figure")),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, value: object, comment: Message) -> str:
    return f"{name} = {value!r}  # {language.text(comment)}"


def _key(name: str) -> str:
    return "SUM" if name == SUM else f'"{name}"'


def _data_lines(forecast: Forecast) -> Iterator[str]:
    spec = forecast.spec
    yield f"SOURCE = {forecast.table.source!r}"
    yield _line("COLUMNS", spec.columns, Message("of the file of prices, after the date"))
    yield _line("FEATURES", spec.features, Message("what the network sees"))
    yield _line("TARGET", spec.target, Message("what it forecasts"))
    if spec.quantity == "log return":
        for name, columns in (("COUNTS", _counts(spec)), ("CHANGES", _changes(spec))):
            if columns:
                yield _line(name, columns, Message("columns that are no prices"))
    yield _line(
        "TRAINING_DAYS",
        forecast.split.rows_train,
        Message("the first ones; it learns from no others"),
    )


def _parameter_lines(spec: ForecastSpec) -> Iterator[str]:
    features = features_of(spec)
    left_out = {
        "layers": "several layers" not in features,
        "dropout": "dropout" not in features,
        "patience": "patience" not in features,
    }
    for field, name, words in _PARAMETERS:
        if not left_out.get(field, False):
            value = getattr(spec, field)
            plain = float(value) if field in ("dropout", "learning_rate") else int(value)
            yield _line(name, plain, words)


def _engine_lines(forecast: Forecast) -> Iterator[str]:
    spec, kind = forecast.spec, kind_of(forecast.spec.cell)
    if spec.engine == "numpy":
        yield _line("CELL", kind.cell.label, Message("what part 3 writes out"))
        together = predicted_together(spec.model, spec.window)
        yield _line("TOGETHER", together, Message("examples forecast at once"))
        return
    yield _line("CELL", kind.keras, Message("the layer in keras.layers"))
    yield _line("FIRST_BIASES", _first_biases(kind), Message("of its gates, in Keras' order"))
    examples = len(forecast.trained.data.train.rows)
    batches = spec.epochs * -(-examples // spec.batch_size)
    way = execution_mode(spec.model, spec.window, batches)
    yield _line(
        "UNROLL",
        way == "unrolled",
        Message("whether TensorFlow's graph has every day written out"),
    )
    yield _line("JIT_COMPILE", way == "compiled", Message("whether XLA compiles it"))


def _first_biases(kind: Kind) -> list[int] | list[list[int]]:
    """The first biases of the gates, (gates,); where a gate has more than one, (biases, gates)."""
    first = [int(block.bias) for block in kind.blocks]
    others = [[0] * len(first) for _ in kind.blocks[0].biases[1:]]
    return [first, *others] if others else first


def _figures(forecast: Forecast) -> dict[str, Any]:
    """What the script is to come to, under the names that its last part has for it."""
    spec, trained = forecast.spec, forecast.trained
    figures = {
        SUM: math.fsum([*forecast.table.matrix(spec.columns).ravel(), *forecast.predicted]),
        "epochs": len(trained.model.losses),
        "loss of the last epoch": float(trained.model.losses[-1]),
        "share of its returns believed": float(trained.shrinkage),
        "RMSE of the network": float(forecast.rmse),
        "RMSE of tomorrow = today": float(forecast.rmse_persistence),
    }
    if "trust" not in features_of(spec):
        del figures["share of its returns believed"]
    return figures


def _counts(spec: ForecastSpec) -> tuple[str, ...]:
    """The columns that hold counts, such as the volume."""
    return tuple(name for name in spec.columns if not is_price(name) and not is_change(name))


def _changes(spec: ForecastSpec) -> tuple[str, ...]:
    """The columns that are changes themselves."""
    return tuple(name for name in spec.columns if is_change(name))
