"""``stocks forecast``: a training that was stopped or killed goes on from its file."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rnnstudio.cli import saving
from rnnstudio.cli.main import run
from rnnstudio.cli.stocks_training import save_on_the_way
from rnnstudio.core.documents.document_file import kind_of
from rnnstudio.core.engine import loop
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster
from rnnstudio.core.stocks.files.unfinished_file import load_unfinished, save_unfinished
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.training import Control, Finished, Snapshot
from tests.conftest import ROOT
from tests.core.stocks import made
from tests.core.stocks.unfinished import finished, require_same, stopped

SETTINGS = ["--window", "5", "--units", "4", "--epochs", "150", "--validation", "0.2"]
KILLED = """
import sys
from rnnstudio.cli import saving
from rnnstudio.cli.main import run
from rnnstudio.core.engine import loop
saving.SAVE_SECONDS = loop.SNAPSHOT_SECONDS = 0.0
saving.SAVE_SHARE = loop.SNAPSHOT_SHARE = float("inf")
sys.exit(run(sys.argv[1:]))
"""
"""The command with a save at every step."""


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    return made.write(tmp_path / "made.csv", made.walk(100, 50).table)


def forecast(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["stocks", "forecast", *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return {name: value for name, value in found.items() if "seconds" not in name}


def started(
    program: list[str], prices: Path, saved: Path, *options: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*program, "stocks", "forecast", "--train", str(prices), "--save", str(saved), *options],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )


def test_when_the_process_is_killed_the_same_figures_come_of_what_it_left(
    prices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, again = prices.with_name("run.rnnstudio"), prices.with_name("again.rnnstudio")
    process = started([sys.executable, "-c", KILLED], prices, saved, *SETTINGS)
    while not saved.exists() and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    begun = load_unfinished(saved)
    assert 0 < begun.fit.step < begun.total
    whole = forecast(capsys, "--train", str(prices), *SETTINGS, "--seeds", "2")
    found = forecast(capsys, "--from", str(saved), "--save", str(again), "--seeds", "2")
    assert found == whole
    require_same(load_forecaster(again)[0], made.trained(begun.data.split, begun.data.spec))


def test_when_interrupted_what_continues_the_training_is_saved(prices: Path) -> None:
    saved = prices.with_name("run.rnnstudio")
    program = [sys.executable, "-m", "rnnstudio"]
    process = started(program, prices, saved, *SETTINGS, "--epochs", "1000000")
    assert process.stderr is not None
    with process.stderr as bar:
        # The bar shows a loss as soon as the training is under way.
        seen = b""
        while b"loss=" not in seen:
            seen += bar.read(1)
        process.send_signal(signal.SIGINT)
        bar.read()
    assert process.wait() == 130
    assert load_unfinished(saved).fit.step > 0


def test_that_the_last_checkpoint_is_saved_where_a_training_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "SNAPSHOT_SECONDS", 0.0)
    monkeypatch.setattr(loop, "SNAPSHOT_SHARE", float("inf"))
    path, control = tmp_path / "run.rnnstudio", Control()
    for event in save_on_the_way(train(made.SOUND, made.walk(120, 90), control, fit), path):
        if isinstance(event, Snapshot) and event.step > 4:
            control.cancel()
    assert load_unfinished(path).fit.step == 5
    require_same(finished(load_unfinished(path)), made.trained(made.walk(120, 90)))


def test_when_a_training_cannot_be_saved_on_the_way_it_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(loop, "SNAPSHOT_SECONDS", 0.0)
    monkeypatch.setattr(saving, "SAVE_SECONDS", 0.0)
    (tmp_path / "file").write_text("no folder")
    training = train(made.SOUND, made.walk(120, 90), Control(), fit)
    *_, last = save_on_the_way(training, tmp_path / "file" / "run")
    assert isinstance(last, Finished)
    assert "cannot be written" in capsys.readouterr().err


def test_that_settings_beside_a_training_that_goes_on_are_wrong_usage(
    prices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = prices.with_name("run.rnnstudio")
    save_unfinished(saved, stopped(made.SOUND, made.walk(120, 90)))
    for option in (["--epochs", "9"], ["--train", str(prices)], ["--column", "Close=2"]):
        with pytest.raises(SystemExit) as left:
            run(["stocks", "forecast", "--from", str(saved), *option])
        assert left.value.code == 2
        assert f"argument {option[0]}: a continued" in capsys.readouterr().err


def test_that_a_finished_network_is_not_continued(
    prices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = str(prices.with_name("run.rnnstudio"))
    forecast(capsys, "--train", str(prices), *SETTINGS, "--epochs", "2", "--save", saved)
    assert kind_of(Path(saved)) == "forecast"
    assert run(["stocks", "forecast", "--from", saved]) == 1
    assert "is finished; nothing is left of it" in capsys.readouterr().err
