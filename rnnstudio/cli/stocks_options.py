"""The options that ``stocks forecast`` and ``stocks compare`` share, and what they mean."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np

from rnnstudio.cli.console import positive_int, seed_number
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.stocks_read import decisions
from rnnstudio.core import language
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import Reading, read_csv
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.same_share import same_share_warning
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.data.split import TEST_SHARE, Split, join, split_at, split_share
from rnnstudio.core.stocks.model.forecast_spec import ENGINES, ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESET_NAMES, PRESETS, preset_for
from rnnstudio.workers.keras_child import KerasProcess

QUANTITY_NAMES = {"price": "price", "log-return": "log return"}


def add_data(parser: argparse.ArgumentParser) -> None:
    """Which prices, and where they are divided."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "--train",
        metavar="FILE",
        type=Reads(),
        help=language.text(
            Message(
                "CSV file of prices to train on (default: the shipped prices of {share})",
                {"share": FIRST_SAMPLE},
            )
        ),
    )
    test = group.add_mutually_exclusive_group()
    test.add_argument(
        "--test", metavar="FILE", type=Reads(), help="CSV file of the days to forecast"
    )
    add_border(
        test,
        Message(
            "share of the rows to forecast, the last ones (default without --test and --split: "
            "{share})",
            {"share": str(TEST_SHARE)},
        ),
    )
    group.add_argument(
        "--other-share",
        action="store_true",
        help="test on the file of --test even where it does not look like later days of the same "
        "share (default: refuse it)",
    )
    add_columns(group)


LAST_ROWS = Message(
    "share of the rows to forecast, the last ones (default without --split: {share})",
    {"share": str(TEST_SHARE)},
)


def add_border(group: argparse._MutuallyExclusiveGroup, share_help: Message = LAST_ROWS) -> None:
    """Where the test span begins; ``share_help`` says what --test-share does."""
    group.add_argument(
        "--split",
        metavar="DATE",
        type=_date,
        help="first day to forecast, as YYYY-MM-DD, where one file holds it all",
    )
    group.add_argument("--test-share", metavar="SHARE", type=float, help=language.text(share_help))


def add_columns(group: argparse._ArgumentGroup) -> None:
    """What is forecast from what, and how many days are held out."""
    group.add_argument(
        "--features",
        metavar="COLUMNS",
        type=_names,
        help="columns the network sees, with commas between them (default: the preset's where the "
        "file has them, else its first column of prices; paper: Open,High; sound: the target)",
    )
    group.add_argument(
        "--target",
        metavar="COLUMN",
        help="column it forecasts (default: the preset's where the file has it, else its first "
        "column of prices; paper: Open; sound: Adj Close, else Close)",
    )
    group.add_argument(
        "--quantity",
        choices=tuple(QUANTITY_NAMES),
        help=_with_default(Message("what the network sees and says"), "quantity"),
    )
    group.add_argument(
        "--validation",
        metavar="SHARE",
        type=float,
        help=_with_default(
            Message(
                "share of the days before the test span that it is not trained on, for stopping, "
                "shrinking and intervals"
            ),
            "validation",
        ),
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Which network."""
    group = parser.add_argument_group("network")
    group.add_argument(
        "--preset",
        choices=PRESET_NAMES,
        default="paper",
        help="whole settings, of which the other options change one each: the source document's; "
        "those with four LSTM layers; or log returns with validation and early stop "
        "(default: %(default)s)",
    )
    for name, metavar, kind, words in (
        (
            "window",
            "DAYS",
            positive_int,
            Message("days the network sees before the day it forecasts"),
        ),
        ("layers", "N", positive_int, Message("recurrent layers, one stacked on the other")),
        ("units", "N", positive_int, Message("units in each layer")),
        (
            "dropout",
            "SHARE",
            float,
            Message("share of each layer's outputs dropped while training"),
        ),
    ):
        group.add_argument(f"--{name}", metavar=metavar, type=kind, help=_with_default(words, name))
    group.add_argument(
        "--cell",
        choices=tuple(KINDS),
        help=_with_default(Message("what the layers are made of"), "cell"),
    )


def add_training(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """How it is trained; gives the group, for more of it."""
    group = parser.add_argument_group("training")
    for option, name, metavar, kind, words in (
        ("epochs", "epochs", "N", positive_int, Message("times through the training data")),
        ("batch", "batch_size", "N", positive_int, Message("examples in each step")),
        ("learning-rate", "learning_rate", "RATE", float, Message("size of Adam's steps")),
        (
            "patience",
            "patience",
            "N",
            positive_int,
            Message("stops after N epochs without a better one"),
        ),
        (
            "seed",
            "seed",
            "S",
            seed_number,
            Message("the same seed and settings give the same forecast"),
        ),
    ):  # fmt: skip
        group.add_argument(
            f"--{option}", dest=name, metavar=metavar, type=kind, help=_with_default(words, name)
        )
    group.add_argument(
        "--engine",
        choices=ENGINES,
        help=_with_default(
            Message("what trains the network: NumPy here, or Keras in a process of its own"),
            "engine",
        ),
    )
    return group


def split_of(args: argparse.Namespace) -> Split:
    """The days that the options name, with the border of the test span."""
    return divided(args, readings_of(args))


def readings_of(args: argparse.Namespace) -> tuple[Reading, ...]:
    """The training file as it was understood, and the test file where there is one."""
    if args.test is not None and args.train is None:
        args.command.error("argument --test: not allowed without argument --train")
    files = [args.train or SAMPLES[FIRST_SAMPLE], *([] if args.test is None else [args.test])]
    return tuple(read_csv(file, decisions(args)) for file in files)


def divided(args: argparse.Namespace, readings: Sequence[Reading]) -> Split:
    """The days of the files, with the border of the test span between the two or in the one."""
    train, *test = (reading.table for reading in readings)
    if not test:
        return border_of(args, train)
    names = readings[0].security, readings[1].security
    warning = None if args.other_share else same_share_warning(train, test[0], names)
    if warning is not None:
        raise UserError("{warning} Say --other-share to test on it all the same.", warning=warning)
    return join(train, test[0])


def border_of(args: argparse.Namespace, table: PriceTable) -> Split:
    """The days of ``table``, with the border that the options of ``add_border`` say."""
    if args.split is not None:
        return split_at(table, args.split)
    return split_share(table, TEST_SHARE if args.test_share is None else args.test_share)


def spec_of(args: argparse.Namespace, table: PriceTable) -> ForecastSpec:
    """The preset with what the options change of it."""
    given: dict[str, Any] = {
        field.name: getattr(args, field.name)
        for field in fields(ForecastSpec)
        if getattr(args, field.name) is not None
    }
    if "quantity" in given:
        given["quantity"] = QUANTITY_NAMES[given["quantity"]]
    if given.get("validation") == 0:  # and so no patience
        given.setdefault("patience", None)
    return replace(preset_for(args.preset, table), **given)


@contextmanager
def engine(name: str) -> Iterator[Fit]:
    """The training of the engine of that name; ends its process where it has one."""
    if name == "numpy":
        yield fit
    else:
        with closing(KerasProcess()) as keras:
            yield keras.fit


def _with_default(meaning: Message, name: str) -> str:
    """An option's help: what the setting ``name`` means, and what it is in the presets."""
    values = {"meaning": meaning, "default": _default(name)}
    return language.text(Message("{meaning} (default: {default})", values))


def _default(name: str) -> str:
    names = {value: key for key, value in QUANTITY_NAMES.items()}
    values = {preset: getattr(PRESETS[preset], name) for preset in PRESET_NAMES}
    shown = {preset: names.get(value, value) for preset, value in values.items()}
    usual = shown.pop("paper")
    others = [f"{preset}: {_format(value)}" for preset, value in shown.items() if value != usual]
    return "; ".join([_format(usual), *others])


def _format(value: Any) -> str:
    return language.text(Message("none")) if value is None else str(value)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _date(text: str) -> np.datetime64:
    try:
        return np.datetime64(date.fromisoformat(text), "D")
    except ValueError:
        raise argparse.ArgumentTypeError(
            language.text(Message("{text!r} is no date like 2019-06-14", {"text": text}))
        ) from None
