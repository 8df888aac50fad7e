"""A training that was stopped goes on from its file as if it had never been stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.documents.document_file import load
from rnnstudio.core.engine.environment import environment
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.forecaster_file import (
    load_forecaster,
    save_forecaster,
)
from rnnstudio.core.stocks.files.unfinished_file import (
    KIND,
    VERSION,
    can_be_kept,
    load_unfinished,
    save_unfinished,
)
from rnnstudio.core.stocks.model.forecast_spec import MOST_LAYERS, ForecastSpec
from rnnstudio.core.training import Control, Finished
from tests.core.stocks import made
from tests.core.stocks.damaging import Change, damage
from tests.core.stocks.unfinished import finished, require_same, stopped

SPLIT = made.walk(120, 90)
LONG = replace(made.SOUND, epochs=6, patience=2)


@pytest.mark.parametrize("stop", [(0, 2), (1, 0), (1, 3), (2, 8)])
@pytest.mark.parametrize(
    "spec",
    [LONG, made.PAPER, replace(LONG, cell="gru", layers=2), replace(LONG, cell="rnn")],
    ids=["early stop", "no validation", "stacked gru", "rnn"],
)
def test_that_a_training_continued_from_its_file_comes_to_the_same_network(
    spec: ForecastSpec, stop: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "a.rnnstudio"
    save_unfinished(path, stopped(spec, SPLIT, stop))
    unfinished = load_unfinished(path)
    require_same(finished(unfinished), made.trained(SPLIT, spec))
    again = tmp_path / "b.rnnstudio"
    save_unfinished(again, unfinished)
    assert again.read_bytes() == path.read_bytes()


def test_that_further_seeds_follow_a_training_that_goes_on() -> None:
    begun = stopped(LONG, SPLIT)
    *_, whole = train_seeds(LONG, SPLIT, Control(), fit, 2)
    *_, again = train_seeds(LONG, SPLIT, Control(), fit, 2, begun=begun)
    assert isinstance(whole, Finished)
    assert isinstance(again, Finished)
    for one, other in zip(whole.result, again.result, strict=True):
        require_same(one, other)


def test_that_a_network_names_every_place_where_it_was_trained(tmp_path: Path) -> None:
    here = environment()
    there = replace(here, processor="Z80")
    trained = finished(replace(stopped(LONG, SPLIT), environments=(there,)))
    assert (trained.earlier, trained.environment) == ((there,), here)
    save_forecaster(tmp_path / "a.rnnstudio", trained, AccessLog())
    again, _ = load_forecaster(tmp_path / "a.rnnstudio")
    assert (again.earlier, again.environment) == ((there,), here)


def test_that_a_training_that_has_run_away_is_not_kept() -> None:
    unfinished = stopped(LONG, SPLIT)
    assert can_be_kept(unfinished)
    assert not can_be_kept(replace(unfinished, fit=replace(unfinished.fit, loss_sum=np.inf)))
    unfinished.fit.memory["v"][0]["Wf"][0, 0] = np.nan
    assert not can_be_kept(unfinished)


def entry(name: str, value: Any) -> Change:
    return lambda content, _: content.update({name: value})


def array(name: str, value: np.ndarray) -> Change:
    return lambda _, arrays: arrays.update({name: value})


def change(name: str, made: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda _, arrays: arrays.update({name: made(arrays[name])})


DAMAGE: dict[str, Change] = {
    "no spec": lambda content, _: content.pop("spec"),
    "no step": entry("step", 0),
    "a step beyond the end": entry("step", 10**6),
    "a step before its losses": entry("step", 3),
    "a sum as text": entry("loss_sum", "0"),
    "no days to train on": entry("rows_train", 3),
    "other spans than the share": entry("rows_validation", 5),
    "no test span": entry("rows_train", 120),
    "losses of all epochs": array("losses", np.zeros(6)),
    "losses as text": array("losses", np.zeros(1, np.uint8)),
    "other held-out losses": array("held_out_losses", np.zeros(2)),
    "no held-out losses": lambda _, arrays: arrays.pop("held_out_losses"),
    "no moments": lambda _, arrays: arrays.pop("m"),
    "too few moments": change("m", lambda flat: flat[1:]),
    "moments in rows": change("m", lambda flat: flat[None]),
    "moments of another dtype": change("m", lambda flat: flat.astype(np.float64)),
    "negative squares": change("v", lambda flat: flat - 1),
    "no number": change("now", lambda flat: flat * np.nan),
    "no best weights": lambda _, arrays: arrays.pop("best"),
    "half a state of random numbers": array("masks", np.zeros(8, np.uint8)),
    "places without end": entry("environments", [{}] * 2_000),
}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_that_a_damaged_training_is_refused_in_a_sentence(change: Change, tmp_path: Path) -> None:
    path = tmp_path / "a.rnnstudio"
    save_unfinished(path, stopped(LONG, SPLIT))
    damage(path, KIND, VERSION, change)
    with pytest.raises(UserError, match="is damaged"):
        load_unfinished(path)


def test_that_a_file_holds_the_deepest_network(tmp_path: Path) -> None:
    deep = replace(LONG, cell="gru", layers=MOST_LAYERS, units=1, epochs=2)
    unfinished = stopped(deep, SPLIT, (0, 1))
    save_unfinished(tmp_path / "a.rnnstudio", unfinished)
    require_same(finished(load_unfinished(tmp_path / "a.rnnstudio")), finished(unfinished))


def test_that_settings_and_prices_alone_are_taken_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.rnnstudio"
    save_unfinished(path, stopped(LONG, SPLIT))
    content = load(path, KIND, VERSION).content
    assert not {"features_scaler", "target_scaler"} & set(content)
