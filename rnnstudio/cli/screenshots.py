"""``rnnstudio screenshots``: pictures of the window in its named states, without a screen."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from rnnstudio.cli.console import Commands, say, say_meanwhile
from rnnstudio.cli.output_files import Writes, make_folder
from rnnstudio.cli.stopping import end_at_once
from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

LARGEST = 8_000
"""Pixels of a side."""


def add_parser(commands: Commands) -> None:
    """Add ``screenshots``."""
    parser = commands.add_parser(
        "screenshots",
        help="bring the window into its named states and keep pictures of them",
        description="Brings the real window into one named state after another, with real data "
        "and trainings but without a screen, and leaves a picture of each.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--out",
        metavar="DIR",
        type=Writes(_pictures_in),
        help="folder for the pictures, each NAME.png; made where it is missing",
    )
    what.add_argument(
        "--list", action="store_true", help="print the names of all states instead (default: off)"
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=_size,
        help="width and height of the window in pixels (default: 1280x720, or the state's own)",
    )
    parser.add_argument(
        "--theme",
        choices=("light", "dark"),
        help="the colours (default: light, or the state's own)",
    )
    parser.add_argument(
        "--mode",
        choices=("desk", "class"),
        help="at a desk or in front of a class (default: desk, or the state's own)",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        default=argparse.SUPPRESS,
        help="the language of the window, en or id (default: en)",
    )
    parser.add_argument(
        "--state",
        metavar="NAME",
        action="append",
        help="a state to keep a picture of; may be given several times (default: all)",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="train for a moment only, to see how everything looks (default: off)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the states, or write their pictures."""
    names = _names()
    if options.list:
        for name in names:
            say(name)
        return 0
    wanted: list[str] = options.state or names
    for name in wanted:
        if name not in names:
            raise UserError("There is no state {state!r}; --list names them all.", state=name)
    make_folder(options.out)
    end_at_once()  # Qt would swallow a KeyboardInterrupt
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from rnnstudio.ui.application import make_application  # noqa: PLC0415 - no Qt for the others
    from rnnstudio.ui.screenshots.pictures import (  # noqa: PLC0415 - as above
        POSES,
        Pose,
        take_picture,
    )

    app = make_application()
    for name in wanted:
        say_meanwhile(Message("Bringing the window into the state {state} ...", {"state": name}))
        own = POSES.get(name, Pose())
        pose = Pose(
            options.size or own.size,
            options.theme or own.theme,
            own.in_class if options.mode is None else options.mode == "class",
        )
        picture = take_picture(app, name, pose, quick=options.quick)
        path = options.out / f"{name}.png"
        if not picture.save(str(path)):
            raise UserError(
                "The picture {file} could not be written; choose another folder.", file=path
            )
        say(str(path))
    return 0


def _names() -> list[str]:
    from rnnstudio.ui.screenshots.pictures import STATES  # noqa: PLC0415 - no Qt for the others

    return list(STATES)


def _pictures_in(folder: Path) -> list[Path]:
    return [folder / f"{name}.png" for name in _names()]


def _size(text: str) -> tuple[int, int]:
    sides = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text, re.ASCII)
    if sides is None or not all(0 < int(side) <= LARGEST for side in sides.groups()):
        wrong = Message("{text!r} is no size such as 1280x720", {"text": text})
        raise argparse.ArgumentTypeError(language.text(wrong))
    return int(sides[1]), int(sides[2])
