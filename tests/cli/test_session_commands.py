"""``rnnstudio session``: what a session holds, and whether its networks come again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.cli.main import run
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.engine.environment import environment
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.kept_prices import OpenedPrices, StocksWork
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import save_session
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import Runs, new_run
from rnnstudio.paths import data_file as shipped
from tests.core.names.runs import FAST, finished, stopped
from tests.core.stocks.made import SOUND, trained, walk

IBM = shipped("prices/IBM.csv")


@pytest.fixture
def session() -> Session:
    """A session with two networks of names and a run."""
    scene = replace(random_scene(CELLS["gru"], Sizes(), 1), origin="\x1b[2J typed")
    names = NamesWork(trained=finished(FAST), runs=(stopped(FAST, 11),))
    network = trained(walk(120, 90))
    accesses = AccessLog().opened(network.split.table.dates[90:])
    front = new_run(network, datetime(2026, 3, 1, tzinfo=UTC), accesses)
    prices = OpenedPrices(data_file(IBM), CsvOptions(), read_csv(IBM))
    stocks = StocksWork(prices, front=front, runs=Runs((front,)))
    return Session(InspectorWork(SceneInWork(scene, scene)), names, stocks, "stocks")


def saved(session: Session, folder: Path) -> str:
    """The file that it is saved in."""
    save_session(folder / "work.rnnstudio", session)
    return str(folder / "work.rnnstudio")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    """The exit status, the JSON and the last line on standard error."""
    status = run(["session", *arguments, "--json"])
    output = capsys.readouterr()
    return status, json.loads(output.out), output.err.splitlines()[-1:]


def test_that_a_session_says_what_it_holds(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(session, tmp_path)
    status, found, _ = printed(capsys, "info", file)
    assert status == 0
    assert (found["kind"], found["version"], found["tab"]) == ("session", 1, "stocks")
    assert found["written_by"]["numpy"] == np.__version__
    assert found["inspector"]["scenes"][0]["cell"] == "gru"
    [prices] = found["stocks"]["files"]
    assert prices["sha256"] == hashlib.sha256(IBM.read_bytes()).hexdigest()
    assert (prices["bytes"], prices["by_value"]) == (IBM.stat().st_size, True)
    one, other = found["names"]["networks"]
    assert (one["iterations"], one["in_front"], other["in_front"]) == (11, False, True)
    assert other["held_out_loss"] == session.names.trained.best_held_out
    [run] = found["stocks"]["networks"]
    assert run["spec"]["quantity"] == SOUND.quantity
    assert len(run["accesses"]) == 1
    assert run["environments"][0]["kernel"] == environment().kernel


def test_that_it_says_it_in_text_which_no_terminal_obeys(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["session", "info", saved(session, tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert "| names 2 " in text
    assert f"numpy {np.__version__}" in text
    assert "in the session" in text


def test_that_data_which_moved_are_named_and_the_rest_comes_again(
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("rnnstudio.core.session.data_file.MOST_KEPT", 10)
    copy = tmp_path / "prices.csv"
    copy.write_bytes(IBM.read_bytes())
    prices = OpenedPrices(data_file(copy), CsvOptions(), read_csv(copy))
    file = saved(replace(session, stocks=replace(session.stocks, prices=prices)), tmp_path)
    copy.unlink()
    _, found, _ = printed(capsys, "info", file)
    assert found["stocks"]["files"] == []
    assert [each["path"] for each in found["moved"]] == [str(copy)]
    assert run(["session", "info", file]) == 0
    assert "no longer in its place" in capsys.readouterr().out
    assert printed(capsys, "replay", file)[:2] == (0, {"same": True, "differs": []})


def test_that_networks_which_come_again_are_said_to_be_the_same(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(session, tmp_path)
    assert printed(capsys, "replay", file)[:2] == (0, {"same": True, "differs": []})
    assert run(["session", "replay", file]) == 0
    assert "3 networks were trained again" in capsys.readouterr().out


def test_when_one_differs_it_is_said_where_and_with_which_versions(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = session.names.trained
    losses = network.losses.copy()
    losses[5] = np.nextafter(losses[5], 0)
    other = replace(network, losses=losses, environments=(replace(environment(), numpy="1.0"),))
    file = saved(replace(session, names=replace(session.names, trained=other)), tmp_path)
    status, found, [sentence] = printed(capsys, "replay", file)
    assert status == 1
    versions = {"numpy": {"then": "1.0", "now": np.__version__}}
    expected = {"network": "names 2", "part": "loss", "step": 5, "error": None}
    assert found == {"same": False, "differs": [{**expected, "versions": versions}]}
    assert sentence.startswith("rnnstudio: 1 of 3 networks is not the same")
    assert run(["session", "replay", file]) == 1
    assert f"numpy 1.0 → {np.__version__}" in capsys.readouterr().out


def test_that_another_kind_of_file_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "names.rnnstudio")
    assert run(["names", "train", "--iterations", "5", "--save", file]) == 0
    for command in ("info", "replay"):
        capsys.readouterr()
        assert run(["session", command, file]) == 1
        assert "holds 'names', not 'session'" in capsys.readouterr().err


@pytest.mark.skipif(
    environment().kernel in ("", "Prescott"), reason="the products have one kernel here"
)
def test_that_products_of_another_kernel_are_named_where_they_differ(
    session: Session, tmp_path: Path
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "rnnstudio",
            "session",
            "replay",
            "--json",
            saved(session, tmp_path),
        ],
        env={**os.environ, "OPENBLAS_CORETYPE": "Prescott"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert all(each["versions"].keys() == {"kernel"} for each in found["differs"])
    assert found["differs"]
