"""``rnnstudio demo``: the three jobs in the real window, without a screen."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from rnnstudio.cli.console import Commands, say
from rnnstudio.cli.output_files import inside, make_folder
from rnnstudio.cli.stopping import end_at_once
from rnnstudio.core import language
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.messages import Message
from rnnstudio.core.names import samples_export as names_export
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.export import forecast_json as stocks_export

REPORT_EVERY = 1_000
PICTURES = ("inspector.png", "stocks.png", "dinosaurs.png")
FILES = (*PICTURES, "names.csv", "names.json", *stocks_export.FORECAST_FILES)
"""What the tour leaves in its folder."""


def add_parser(commands: Commands) -> None:
    """Add ``demo``."""
    parser = commands.add_parser(
        "demo",
        help="let the application do its three jobs by itself and keep what comes of it",
        description="Steps through a cell, trains on dinosaur names and forecasts a share price "
        "on the shipped data, in the real window but without a screen. Leaves a picture of each "
        "tab, the sampled names and the forecast.",
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=inside(*FILES),
        default=Path("demo"),
        help="folder for the pictures and files; made where it is missing (default: %(default)s)",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="train for a moment only, to see that everything works (default: off)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the tour and write its files."""
    end_at_once()  # Qt would swallow a KeyboardInterrupt
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from rnnstudio.ui.application import make_application  # noqa: PLC0415 - no Qt for the others
    from rnnstudio.ui.guided_demo import take  # noqa: PLC0415 - start without Qt

    folder: Path = options.out
    make_folder(folder)
    make_application()
    tour = take(folder, _show, quick=options.quick)
    names_export.write_samples(tour.names, folder / "names.csv")
    names = names_export.to_json(tour.names, REPORT_EVERY)
    write_atomically(folder / "names.json", json.dumps(names, indent=2) + "\n")
    found = summarize(tour.forecast)
    tables = stocks_export.write_forecast(
        tour.forecast, stocks_export.to_json(tour.forecast, found), folder
    )
    for path in (*tour.pictures, folder / "names.csv", folder / "names.json", *tables):
        say(str(path))
    say(language.text(found.sentence))
    return 0


def _show(progress: Message) -> None:
    print(f"{language.text(progress)} ...", file=sys.stderr, flush=True)  # noqa: T201
