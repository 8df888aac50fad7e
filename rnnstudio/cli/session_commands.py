"""``rnnstudio session``: what a session's file holds, and its networks trained again."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from rnnstudio.cli.console import Commands, plain, print_json, say, watch
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.stopping import stopping
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText
from rnnstudio.core.session.session_file import open_without_moved
from rnnstudio.core.session.session_replay import ReplayDifference, ReplayReport, replay_job
from rnnstudio.core.session.session_summary import session_json
from rnnstudio.core.text_table import text_table
from rnnstudio.core.training import Control
from rnnstudio.workers.keras_child import KerasProcess


def add_parser(commands: Commands) -> None:
    """Add ``session`` and its commands."""
    parser = commands.add_parser("session", help="what a saved session holds, and holds true")
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    info = actions.add_parser(
        "info",
        help="list what a session holds",
        description="Lists the files, the networks with their figures, and the versions of a "
        "session that the window saved.",
    )
    info.set_defaults(run=run_info)
    replay = actions.add_parser(
        "replay",
        help="train every network of a session again",
        description="Trains every network of a session again from its settings, its seed and its "
        "data, and compares it with the saved one bit by bit. Where one differs, it is said in "
        "what first, and which versions it was trained with are not those of now; the exit status "
        "is then 1.",
    )
    replay.set_defaults(run=run_replay)
    for each in (info, replay):
        each.add_argument("session", metavar="FILE", type=Reads(), help="the saved session")
        each.add_argument(
            "--json", action="store_true", help="print one JSON object (default: text)"
        )


def run_info(options: argparse.Namespace) -> int:
    """Print what the session holds."""
    found = session_json(options.session)
    if options.json:
        print_json(found)
    else:
        _print(found)
    return 0


def run_replay(options: argparse.Namespace) -> int:
    """Train the session's networks again; raises UserError when one is not the same."""
    session, _ = open_without_moved(options.session)
    control = Control()
    with closing(KerasProcess()) as keras, stopping(control):
        fits: Mapping[str, Fit] = {"numpy": fit, "keras": keras.fit}
        report: ReplayReport | None = watch(replay_job(session, fits, control), "replay")[0]
    if report is None:
        raise KeyboardInterrupt
    if options.json:
        differs = [_difference(each) for each in report.differences]
        print_json({"same": report.same, "differs": differs})
    else:
        for each in report.differences:
            say(each.difference)
            say(each.reason)
    if not report.same:
        raise UserError("{sentence}", sentence=report.sentence)
    if not options.json:
        say(report.sentence)
    return 0


def _difference(found: ReplayDifference) -> dict[str, Any]:
    versions = found.versions
    return {
        "network": found.network,
        "part": None if found.part is None else str(found.part),
        "step": found.step,
        "error": None if found.error is None else str(found.error),
        "versions": None
        if versions is None
        else {name: {"then": then, "now": now} for name, (then, now) in versions.items()},
    }


def _print(found: dict[str, Any]) -> None:
    versions = ", ".join(f"{name} {each}" for name, each in found["written_by"].items())
    say(
        Message(
            "session of version {version}, written by {versions}; the tab in front is {tab}",
            {"version": found["version"], "versions": versions, "tab": found["tab"]},
        )
    )
    for scene in found["inspector"]["scenes"]:
        values = {"cell": scene["cell"], "origin": plain(scene["origin"])}
        named = Message("inspector: {cell}, {origin}", values)
        say(named if scene["origin"] else Message("inspector: {cell}", values))
    if files := [*_of_tabs(found, "files"), *found["moved"]]:
        about = (Message("file"), Message("kept"), Message("bytes"), Message("sha256"))
        say(text_table(about, map(_file_row, files)))
    if networks := _of_tabs(found, "networks"):
        columns = (
            Message("network"),
            Message("cell"),
            Message("units"),
            Message("loss"),
            Message("held-out loss"),
            Message("seconds"),
            Message("trained with"),
        )
        say(text_table(columns, map(_network_row, networks)))


def _of_tabs(found: dict[str, Any], what: str) -> list[dict[str, Any]]:
    """What there is of it in the tabs that were looked at."""
    tabs = (found["names"], found["stocks"])
    return [each for tab in tabs if tab is not None for each in tab[what]]


def _file_row(file: dict[str, Any]) -> tuple[Message | str, ...]:
    if file["role"] == "moved":
        kept = Message("no longer in its place")
    else:
        kept = Message("in the session") if file["by_value"] else Message("in its place")
    return plain(file["path"]), kept, str(file["bytes"]), file["sha256"]


def _network_row(network: dict[str, Any]) -> tuple[Message | str, ...]:
    spec, where = network["spec"], network["environments"]
    return (
        network["name"],
        spec.get("cell", "rnn"),
        str(spec["units"]),
        _figure(network["loss"]),
        _figure(network["held_out_loss"]),
        NumberText(f"{network['seconds']:.1f}"),
        ", ".join(f"numpy {each['numpy']}" for each in where) or Message("not known"),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else NumberText(f"{value:.6f}")
