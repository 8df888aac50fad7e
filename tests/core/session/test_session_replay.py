"""Networks of a session that are trained again, and what is said where they are not the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.engine.environment import environment
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.train import train as train_names
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, save_session
from rnnstudio.core.session.session_replay import ReplayDifference, ReplayReport, replay_job
from rnnstudio.core.stocks.files.runs import Runs, new_run
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.training import Checkpoint, Control, Finished, Progress, Tuning
from rnnstudio.workers.keras_child import KerasProcess
from tests.core.names.runs import FAST, FEW, PAPER, StopAt, finished, stopped
from tests.core.stocks.made import SOUND, trained, walk

FITS: Mapping[str, Fit] = {"numpy": fit}
_SCENE = random_scene(CELLS["rnn"], Sizes(), 1)
_MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRICES = walk(120, 90)


def with_names(*networks: TrainedNames) -> Session:
    """A session with networks of names."""
    work = NamesWork(trained=networks[-1], runs=networks)
    return Session(InspectorWork(SceneInWork(_SCENE, _SCENE)), names=work)


def with_forecasters(*networks: TrainedForecaster) -> Session:
    """A session with runs, the last of which is in front alone."""
    *kept, front = (new_run(network, _MARCH) for network in networks)
    runs = Runs()
    for run in kept:
        runs = runs.added(run)
    side = SceneInWork(_SCENE, _SCENE)
    return Session(InspectorWork(side), stocks=StocksWork(front=front, runs=runs))


def reopened(session: Session, folder: Path) -> Session:
    """The session as it comes from its file."""
    save_session(folder / "work.rnnstudio", session)
    return open_session(folder / "work.rnnstudio")


def replayed(session: Session, fits: Mapping[str, Fit] = FITS) -> ReplayReport:
    """What becomes of its networks."""
    *_, end = replay_job(session, fits, Control())
    assert isinstance(end, Finished)
    assert isinstance(end.result, ReplayReport)
    return end.result


def stopped_forecaster(looks: int, patience: int | None) -> TrainedForecaster:
    """A training that was stopped when it had asked so often whether to go on."""
    spec = replace(SOUND, epochs=50, patience=patience)
    *_, last = train(spec, PRICES, StopAt(looks), fit)
    assert isinstance(last, Checkpoint)
    assert isinstance(last.state, TrainedForecaster)
    return last.state


@settings(max_examples=25)
@given(st.sampled_from([PAPER, FAST, replace(FAST, cell="lstm")]), st.data())
def test_that_a_training_on_names_comes_again_whatever_was_done_to_it(
    spec: Spec, data: st.DataObject
) -> None:
    tunings = data.draw(
        st.dictionaries(
            st.integers(0, 30),
            st.builds(Tuning, st.floats(1e-3, 0.05), st.floats(0.5, 9.0)),
            max_size=3,
        )
    )
    begun = None
    for stop in sorted(data.draw(st.sets(st.integers(1, 33), min_size=1, max_size=2))):
        first = 0 if begun is None else begun.step
        *_, last = train_names(spec, FEW, StopAt(stop, tunings, first), begun)
        assert isinstance(last, Checkpoint)
        begun = last.state
    assert begun is not None
    assert replayed(with_names(begun)) == ReplayReport(1, ())


def test_that_a_whole_session_comes_again_from_its_file(tmp_path: Path) -> None:
    patient = replace(FAST, patience=1, learning_rate=0.2, epochs=20)
    early = finished(patient)
    assert early.step < 20 * patient.epoch_steps(FEW)
    networks = (finished(PAPER), early, finished(patient, begun=early), stopped(FAST, 7))
    names = reopened(with_names(*networks), tmp_path)
    assert replayed(names) == ReplayReport(4, ())
    several = (trained(PRICES), stopped_forecaster(20, 2), stopped_forecaster(23, None))
    assert [each.stopped_after for each in several[1:]] != [0, 0]
    stocks = reopened(with_forecasters(*several), tmp_path)
    assert replayed(stocks) == ReplayReport(3, ())


def test_that_progress_counts_the_steps_of_all_networks() -> None:
    session = with_names(finished(PAPER), finished(FAST))
    first, *events, end = replay_job(session, FITS, Control())
    steps = [event.step for event in events if isinstance(event, Progress)]
    assert steps == sorted(steps)
    assert isinstance(end, Finished)
    assert steps[-1] == end.step == first.total == 90 + finished(FAST).step


def only(session: Session, fits: Mapping[str, Fit] = FITS) -> ReplayDifference:
    """The one network that is not the same."""
    [difference] = replayed(session, fits).differences
    return difference


def test_when_a_loss_differs_by_its_last_bit_its_step_is_named() -> None:
    network = finished(PAPER)
    losses = network.losses.copy()
    losses[17] = np.nextafter(losses[17], 0)
    found = only(with_names(finished(FAST), replace(network, losses=losses)))
    assert (found.network, str(found.part), found.step) == ("names 2", "loss", 17)
    assert found.versions == {}
    assert "step 17" in str(found.difference)
    assert "same versions" in str(found.reason)


def test_when_weights_differ_alone_they_are_named_with_the_versions() -> None:
    network = trained(PRICES)
    assert network.environment is not None
    weights = [dict(layer) for layer in network.model.weights]
    weights[0]["bf"] = np.nextafter(weights[0]["bf"], np.float32(9))
    model = replace(network.model, weights=weights)
    there = replace(network.environment, numpy="1.0", kernel="Z80")
    found = only(with_forecasters(replace(network, model=model, environment=there)))
    assert (str(found.part), found.step) == ("weights 0.bf", None)
    assert found.versions is not None
    assert found.versions["numpy"] == ("1.0", np.__version__)
    assert found.versions.keys() == {"numpy", "kernel"}
    assert "numpy 1.0 → " in str(found.reason)


def test_when_it_is_not_known_where_it_was_trained_that_is_said() -> None:
    network = finished(PAPER)
    found = only(with_names(replace(network, losses=network.losses + 1, environments=())))
    assert found.versions is None
    assert "not known" in str(found.reason)


def test_when_a_part_of_a_training_was_done_elsewhere_its_versions_are_named() -> None:
    network = finished(PAPER)
    both = (replace(environment(), python="2.7"), environment())
    found = only(with_names(replace(network, smoothed=network.smoothed + 1, environments=both)))
    assert found.versions is not None
    assert found.versions.keys() == {"python"}


def test_when_a_training_runs_away_the_others_are_trained_again_all_the_same() -> None:
    good, bad = trained(PRICES), trained(PRICES)
    wild = replace(bad.spec, learning_rate=1e38)
    bad = replace(bad, data=replace(bad.data, spec=wild))
    report = replayed(with_forecasters(bad, good))
    [found] = report.differences
    assert report.count == 2
    assert found.part is None
    assert "cannot be trained again" in str(found.difference)
    assert "lower the learning rate" in str(found.difference)


@pytest.mark.parametrize("look", [1, 40, 95])
def test_that_it_can_be_stopped_in_any_network(look: int) -> None:
    session = with_names(finished(PAPER), finished(FAST))
    events = list(replay_job(session, FITS, StopAt(look)))
    assert not any(isinstance(event, Finished) for event in events)


def test_that_a_session_without_a_network_says_so() -> None:
    report = replayed(Session(InspectorWork(SceneInWork(_SCENE, _SCENE))))
    assert report == ReplayReport(0, ())
    assert "no network" in str(report.sentence)


@pytest.mark.keras
@pytest.mark.slow
def test_that_keras_trains_its_networks_again_to_the_last_bit(tmp_path: Path) -> None:
    keras = KerasProcess()
    try:
        spec = replace(SOUND, engine="keras", epochs=200, patience=None)
        control, stopping = Control(), None
        for event in train(spec, PRICES, control, keras.fit):
            if isinstance(event, Progress) and event.step > 30:
                control.cancel()
            if isinstance(event, Checkpoint):
                stopping = event.state
        assert stopping is not None
        *_, whole = train(replace(spec, epochs=3), PRICES, Control(), keras.fit)
        assert isinstance(whole, Finished)
        session = reopened(with_forecasters(whole.result, stopping), tmp_path)
        report = replayed(session, {"keras": keras.fit})
        assert report == ReplayReport(2, ())
        assert whole.result.environment == environment(keras=True)
    finally:
        keras.close()
