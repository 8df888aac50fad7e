"""The demonstration: three jobs in the real window, and the files it promises."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from rnnstudio.cli.demo import FILES


@pytest.mark.slow
def test_that_the_demo_leaves_pictures_names_and_a_forecast(tmp_path: Path) -> None:
    out = tmp_path / "made" / "here"
    call = [sys.executable, "-m", "rnnstudio", "demo", "--out", str(out)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for tab in ("inspector", "dinosaurs", "stocks"):
        image = QImage(str(out / f"{tab}.png"))
        assert (image.width(), image.height()) == (1280, 720)
        colours = {image.pixel(x, y) for x in range(0, 1280, 4) for y in range(0, 720, 4)}
        assert len(colours) > 20, f"the picture of {tab} is almost empty"
    _check_names(out)
    _check_forecast(out)
    assert all(str(path) in done.stdout for path in out.iterdir())
    assert {path.name for path in out.iterdir()} == set(FILES)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_that_ctrl_c_ends_the_demo_in_the_middle_of_a_training(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "rnnstudio", "demo", "--out", str(tmp_path)]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stderr is not None
        assert any("Training on" in line for line in demo.stderr)
        demo.send_signal(signal.SIGINT)
        try:
            _, stderr = demo.communicate(timeout=20)
        finally:
            demo.kill()
    assert demo.returncode == 130
    assert stderr.splitlines()[-1] == "rnnstudio: Stopped."
    assert "Traceback" not in stderr


def _check_names(out: Path) -> None:
    printed = json.loads((out / "names.json").read_text())
    assert printed["losses"][0][0] == 0
    assert printed["losses"][-1][1] < max(loss for _, loss in printed["losses"])
    with (out / "names.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows] == [
        name for _, names in printed["samples"] for name in names
    ]


def _check_forecast(out: Path) -> None:
    printed = json.loads((out / "forecast.json").read_text())
    with (out / "forecast.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == printed["rows_test"] == len(printed["predictions"])
    actual, predicted = (np.array([float(r[key]) for r in rows]) for key in ("actual", "predicted"))
    assert printed["rmse"] == pytest.approx(np.sqrt(np.mean((actual - predicted) ** 2)))


def test_that_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    call = [sys.executable, "-m", "rnnstudio", "demo", "--out", str(tmp_path / "file" / "out")]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot be made" in done.stderr
