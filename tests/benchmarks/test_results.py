"""What each benchmark prints: the names that others rely on, on a tiny configuration."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report import Goal, Report, to_json, write
from benchmarks.surroundings import installed
from benchmarks.table import render

ROOT = Path(__file__).resolve().parent.parent.parent

TINY = "Setting(windows=40, steps=4, units=3, batch=8, layers={layers})"
PLANS = {
    "share": f"setting={TINY.format(layers=1)}, rounds=1, epochs=1, cold_rounds=1, cold_epochs=2",
    "stacked": f"setting={TINY.format(layers=2)}, rounds=1, epochs=1",
    "growth": (
        'factors=(("units", (2, 3)), ("steps", (3,)), ("rows", (100,))), seconds=0.01, rounds=1, '
        "picture=Path({picture!r})"
    ),
    "dinosaurs": "names=SHIPPED, iteration=20, rounds=1",
    "window": "epochs=1, rounds=1",
    "frames": "epochs=1, rounds=1, engines=('numpy',)",
    "saving": "runs=1, rounds=1, rows=400, iterations=50, epochs=1",
    "start": "rounds=1",
    "reading": "rows=30_000, rounds=1",
    "replay": 'specs={{"paper": PaperSpec(iterations=300)}}, random=2',
    "scale": "series=(1, 2), rows=60, epochs=1, smallest=3",
    "journeys": "journeys=(GUESS, VERDICT, CLASS), rows=300",
    "verdict": "days=300, rounds=1",
    "inspector": (
        "scenes=((SMALL, Sizes(n_a=2, T_x=3)), (LARGE, Sizes(n_a=3, T_x=4))), "
        "check=Sizes(n_a=2, T_x=2), actions=2, checks=1"
    ),
}
PROGRAM = """
import json
from benchmarks.{name} import *
from benchmarks.models import Setting
from benchmarks.report import to_json
print(json.dumps(to_json({name!r}, measure(Plan({plan})), {{}}), allow_nan=False))
"""


def measured(name: str, picture: Path | None = None) -> dict[str, Any]:
    """The result of a benchmark on a tiny configuration, in a process of its own."""
    program = PROGRAM.format(name=name, plan=PLANS[name].format(picture=str(picture)))
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def assert_ratios(result: dict[str, Any], *names: str) -> None:
    for name in names:
        absent = name == "ratio_pytorch" and not installed("torch")
        assert result[name] is None if absent else result[name] > 0, name
    judged = {goal["figure"] for goal in result["goals"]}
    assert judged == set(names)


@pytest.mark.slow
@pytest.mark.keras
def test_that_share_has_its_four_ratios() -> None:
    result = measured("share")
    assert_ratios(result, "ratio_keras", "ratio_pytorch", "ratio_keras_total", "ratio_floor")
    assert len(result["rows"]) == 6 - (not installed("torch"))


@pytest.mark.slow
@pytest.mark.keras
def test_that_stacked_has_its_two_ratios() -> None:
    assert_ratios(measured("stacked"), "ratio_keras", "ratio_pytorch")


@pytest.mark.slow
def test_that_scale_has_a_row_for_each_number_of_series_and_each_way() -> None:
    pytest.importorskip("distributed")
    result = measured("scale")
    found = [(row["series"], row["workers"]) for row in result["rows"]]
    ways = ("one process", "two processes", "cluster of two")
    assert found == [(series, way) for series in (1, 2) for way in ways]
    assert all(row["seconds"] > 0 and row["peak_mb"] > 10 for row in result["rows"])
    assert [row["folds"] for row in result["rows"]] == 3 * [1] + 3 * [2]
    assert result["fold_bytes"] > 60 * 16
    assert {goal["figure"] for goal in result["goals"]} == {"speedup_two", "speedup_cluster"}


@pytest.mark.slow
@pytest.mark.keras
def test_that_growth_has_a_row_for_each_point_and_a_picture(tmp_path: Path) -> None:
    result = measured("growth", tmp_path / "growth.png")
    points = [(row["factor"], row["value"]) for row in result["rows"]]
    assert points == [("units", 2), ("units", 3), ("steps", 3), ("rows", 100)]
    assert all(row["batches_measured"] <= row["batches_an_epoch"] for row in result["rows"])
    assert result["keras_start_s"] > 0
    assert set(result["numpy_loses"]) == {"units", "steps", "rows"}
    assert (tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")


def test_that_dinosaurs_has_its_speedup_and_the_same_losses() -> None:
    result = measured("dinosaurs")
    assert result["speedup"] > 0
    assert 0 <= result["loss_difference"] < 1e-12
    assert all(goal["met"] is not None for goal in result["goals"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "engines"),
    [
        pytest.param("window", ("numpy", "keras"), marks=pytest.mark.keras),
        ("frames", ("numpy",)),
    ],
)
def test_that_gaps_while_training_stand_beside_those_of_an_idle_window(
    name: str, engines: tuple[str, ...]
) -> None:
    result = measured(name)
    for engine in engines:
        found = result[engine]
        assert 0 < found["p99_ms"] <= found["max_ms"]
        assert 0 < found["idle_p99_ms"] <= found["idle_max_ms"]
        assert found["ratio_idle"] == found["p99_ms"] / found["idle_p99_ms"]
        assert found["ratio_idle_max"] == found["max_ms"] / found["idle_max_ms"]
        assert found["tensorflow_imports"] == 0
    judged = {goal["figure"] for goal in result["goals"]}
    assert judged == {f"{e}.{ratio}" for e in engines for ratio in ("ratio_idle", "ratio_idle_max")}


@pytest.mark.slow
def test_that_saving_has_its_gaps_while_work_is_kept_and_saved() -> None:
    result = measured("saving")
    assert result["keeping_max_ms"] > 0
    assert result["saving_max_ms"] > 0
    assert result["file_mb"] > 0
    assert len(result["goals"]) == 2


@pytest.mark.slow
def test_that_start_has_time_and_memory_beside_a_bare_window_and_imports_no_tensorflow() -> None:
    result = measured("start")
    assert result["ratio_bare"] == result["shown_s"] / result["bare_shown_s"] > 0
    assert all(20 < result[name] < 2000 for name in ("bare_rss_mb", "rss_mb"))
    assert result["ratio_bare_memory"] == result["rss_mb"] / result["bare_rss_mb"]
    assert result["tensorflow_imports"] == 0
    judged = {goal["figure"] for goal in result["goals"]}
    assert judged == {"ratio_bare", "ratio_bare_memory", "tensorflow_imports"}


def test_that_replay_has_its_figures_and_comes_back_to_the_last_bit() -> None:
    result = measured("replay")
    assert result["differ"] == 0
    assert 0 <= result["share_percent"] < 100
    assert result["slowest_s"] > 0
    assert len(result["goals"]) == 4


@pytest.mark.slow
def test_that_inspector_has_its_figures_for_both_sizes() -> None:
    result = measured("inspector")
    for size in ("T50_n8", "T200_n50"):
        assert result[size]["step_ms_p95"] > 0
        assert result[size]["scrub_ms_p95"] > 0
        assert result[size]["ratio_step"] > 0
        assert result[size]["ratio_scrub"] > 0
    assert result["check_ms"] > 0
    assert [row["measured"] for row in result["rows"]] == [4, 4, 8, 4, 4, 8, 1]


@pytest.mark.slow
def test_that_people_get_what_they_came_for_with_few_inputs() -> None:
    result = measured("journeys")
    assert result["guess"]["which"] == ["Return", "G", "Return"]
    assert result["verdict"]["which"] == ["drop", "Return"]
    assert result["class"]["which"] == ["F5"]
    assert [goal["met"] for goal in result["goals"]] == [True] * 3


@pytest.mark.slow
def test_that_the_verdict_of_five_seeds_stands_beside_one() -> None:
    result = measured("verdict")
    assert result["ratio_one"] == result["five_s"] / result["one_s"] > 0
    assert result["bare_s"] > 0
    assert [goal["figure"] for goal in result["goals"]] == ["ratio_one"]


@pytest.mark.slow
def test_that_json_is_one_object_on_standard_output() -> None:
    command = [sys.executable, "-m", "benchmarks", "dinosaurs", "--json"]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    result = json.loads(done.stdout)
    assert result["surroundings"]["numpy"] == version("numpy")
    assert json.loads((ROOT / "build/benchmarks/dinosaurs.json").read_text("utf-8")) == result


def test_that_a_missed_goal_is_shown_as_missed(tmp_path: Path) -> None:
    report = Report(
        figures={"speedup": 3.9, "ratio": 0.2, "ratio_pytorch": None, "numpy": {"p99_ms": 20.0}},
        rows=[{"contestant": "numpy", "median": 0.19}],
        notes=["pytorch: skipped"],
        goals=[
            Goal("speedup", 4.0, least=True),
            Goal("ratio", 0.35),
            Goal("ratio_pytorch", 0.9),
            Goal("numpy.p99_ms", 20),
        ],
    )
    result = to_json("made", report, {"cores": 2})
    assert [goal["met"] for goal in result["goals"]] == [False, True, None, True]
    lines = [line.split() for line in render(result).splitlines()]
    assert ["speedup", "3.9", "at", "least", "4", "missed"] in lines
    assert ["ratio_pytorch", "-", "at", "most", "0.9", "not", "measured"] in lines
    assert json.loads(write(result, tmp_path / "new").read_text("utf-8")) == result


@pytest.mark.slow
def test_that_reading_prints_the_seconds_of_each_dialect() -> None:
    result = measured("reading")
    assert all(result[f"{name}_s"] > 0 for name in ("plain", "indonesian", "quoted"))
