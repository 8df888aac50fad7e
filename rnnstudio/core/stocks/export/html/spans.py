"""How the days were divided: the spans as a strip and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText, grouped
from rnnstudio.core.stocks.data.price_table import Dates
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.export.html.page import Block, Paragraph, TableBlock
from rnnstudio.core.stocks.model.scaling import fitted_on

WIDTH = 720
LETTER = 10
"""Width of a letter on the strip, generously."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """Days that belong together: their name, their class in the style sheet, their dates."""

    name: Message
    kind: str
    dates: Dates


def in_own_file(forecast: Forecast) -> bool:
    """Whether the forecast days are in the training's own file, and not in a newer one."""
    return np.array_equal(forecast.table.dates, forecast.split.table.dates)


def stretches(forecast: Forecast) -> Iterator[Stretch]:
    """The days of the training's file in the order of time, and those of a newer file."""
    split = forecast.split
    own = in_own_file(forecast)
    test = Message("Test") if own else Message("Test of the training's file, not forecast here")
    for name, kind, rows in (
        (Message("Training"), "training", split.train_rows),
        (Message("Validation"), "validation", split.validation_rows),
        (test, "test" if own else "known", split.test_rows),
    ):
        if rows:
            yield Stretch(name, kind, split.table.dates[rows.start : rows.stop])
    if not own:
        yield Stretch(Message("Newer days, forecast here"), "test", forecast.dates)


def spans(forecast: Forecast) -> list[Block]:
    """The spans as a strip and as a table, what the scaler was fitted on, and the accesses."""
    every = list(stretches(forecast))
    rows = [
        (each.name, grouped(len(each.dates)), DayText(each.dates[0]), DayText(each.dates[-1]))
        for each in every
    ]
    own = in_own_file(forecast)
    scaler = fitted_on(
        forecast.trained.scaling, forecast.split.table, forecast.split.test_rows if own else None
    )
    times = forecast.accesses.count(forecast.dates)
    header = (Message("Span"), Message("Days"), Message("From"), Message("To"))
    accesses = Message.counted(
        "Scaler {scaler}. The test span was evaluated once.",
        "Scaler {scaler}. The test span was evaluated {n} times.",
        times,
        scaler=scaler,
    )
    return [
        strip(every),
        TableBlock(Message("The days, divided in the order of time"), header, rows),
        Paragraph(accesses),
    ]


@dataclass(frozen=True)
class SpanStrip:
    """A bar of spans: the class, the place, the width and the name of each, empty if too long."""

    alternative: Message
    parts: list[tuple[str, float, float, str]]
    template: ClassVar = "strip.html"


def strip(every: Sequence[Stretch]) -> SpanStrip:
    """A bar of the spans, each as long as its days."""
    unit = WIDTH / sum(len(each.dates) for each in every)
    parts, at = [], 0.0
    for each in every:
        size, name = unit * len(each.dates), language.text(each.name)
        label = name if size > LETTER * len(name) else ""
        parts.append((each.kind, at, max(size - 1, 0.5), label))
        at += size
    described = "; ".join(
        language.text(Message("{name} {days:n} days", {"name": each.name, "days": len(each.dates)}))
        for each in every
    )
    return SpanStrip(
        Message("The spans in the order of time: {spans}", {"spans": described}), parts
    )
