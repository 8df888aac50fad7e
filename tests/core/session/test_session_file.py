"""Sessions that come back as they were, from the same bytes to the same bytes."""

import math
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.cells.cursor import Cursor, PassDirection
from rnnstudio.core.cells.diagnosis.bug_findings import BugSearch, submission_of
from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.core.cells.quiz import QuizScore, Votes
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.documents.document_file import Document, save
from rnnstudio.core.documents.fields import plain, read_fields
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.evaluate import THIS_NETWORK, RecipeEvaluation
from rnnstudio.core.names.evaluator import RecipeFigures
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.replay import PastNetwork, replay
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.analysis_work import ClaimWork, LeaksWork, SearchWork, WalkWork
from rnnstudio.core.session.data_file import DataMovedError, data_file
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.kept_prices import ForecasterView, OpenedPrices, StocksWork
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.names_evaluation import (
    EvaluationFields,
    pack_evaluation,
    unpack_evaluation,
)
from rnnstudio.core.session.names_moments import drawn_document, drawn_from
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import (
    KIND,
    VERSION,
    open_session,
    save_session,
    session_document,
)
from rnnstudio.core.session.undo_history import Change, History, new_bytes
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, newer_evaluation_job
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs, new_run
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint, TrainedForecaster
from rnnstudio.core.stocks.teaching.drawing_rounds import (
    DAYS,
    DrawingRounds,
    next_stretch,
    play_round,
)
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.search import SearchPlan, SearchTable, new_search, search_job
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Control, Finished
from rnnstudio.paths import data_file as shipped
from tests.core.stocks.made import PAPER, SOUND, trained, walk, write
from tests.core.stocks.unfinished import finished, require_same, stopped
from tests.core.stocks.validation.pools import InTurn, result

_SCENE = random_scene(CELLS["rnn"], Sizes(), 1)
PRICES = shipped("prices/IBM.csv")
_MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


def newer_days(path: Path) -> OpenedPrices:
    """A file of the days after those that the network knows."""
    write(path, walk(250, 200).table)
    return OpenedPrices(data_file(path), CsvOptions(), read_csv(path))


def evaluated_newer(network: TrainedForecaster, newer: OpenedPrices) -> Evaluation:
    asked, log = EvaluationRequest(3, 0.7), AccessLog((("2019-01-01", "2019-01-02"),))
    *_, end = newer_evaluation_job(network, newer.reading.table, log, asked, Control())
    assert isinstance(end, Finished)
    evaluation: Evaluation = end.result
    return evaluation


def named(run: RunEntry, name: str, number: float) -> RunEntry:
    """A run of another name, all of whose weights are ``number``."""
    weights = [
        {each: np.full_like(array, number) for each, array in layer.items()}
        for layer in run.trained.model.weights
    ]
    model = replace(run.trained.model, weights=weights)
    return replace(run, name=name, trained=replace(run.trained, model=model))


def half_walked() -> Walk:
    """A walk of three blocks: one done, one that came to nothing, one not done."""
    whole: Walk = result(walk_forward_job(SOUND, walk(60, 48), 4, InTurn(), Control()))
    first, *_ = whole.outcomes
    return replace(whole, outcomes=(first, UserError("It ran away."), None))


def half_searched() -> SearchTable:
    plan = SearchPlan(PAPER, SearchSpace({"units": (2, 3), "features": (("Open",),)}), 2)
    whole: SearchTable = result(search_job(plan, walk(60, 48), InTurn(), Control()))
    first, second, *_ = whole.outcomes
    return new_search(plan, walk(60, 48)).put_all({0: first, 1: second} if first and second else {})


def looked_at(training: TrainedNames) -> dict[str, Any]:
    """An iteration of the training, and names that were drawn from its newest network."""
    past: PastNetwork = result(replay(training, training.step // 2, Control()))
    sampling = Sampling(0.8, 5, "tri", 9, 4)
    verdicts = NameSampler(training).names(sampling)
    return {"past": past, "drawn": Drawn(training, sampling, verdicts)}


def drawn(network: TrainedForecaster) -> DrawingRounds:
    """A round that is over, and a drawing that has come to its second day."""
    stretch = next_stretch((), network.split)
    assert stretch is not None
    played = play_round(network, stretch, (100.0,) * DAYS)
    begun = DrawingRounds().over(played).at(str(network.split.table.dates[stretch.stop]))
    return begun.with_stroke([(0, 99.5), (1, 98.0)])


def made(folder: Path) -> Session:
    """A session with something of everything."""
    cell = CELLS["gru"]
    scene = random_scene(cell, Sizes(), 1)
    changed = replace(scene, x=scene.x + 1.0, fault=cell.faults[0], origin="Typed")
    inspector = InspectorWork(
        SceneInWork(changed, scene),
        beside=SceneInWork(scene, scene),
        cursor=Cursor(PassDirection.BACKWARD, time=2, operation=1),
        spec=SceneSpec(word="BaC?"),
        votes=Votes(0, (3, 1, 9), score=QuizScore(41, 66), ask=AskWhen.GATES),
        bug=BugSearch("gru-7", submission_of([Given("dWf", np.ones((5, 8)))], "a.npz", "lstm-3")),
        pages=("Cell",),
    )
    *_, end = train(FastSpec(units=4, epochs=1), read_corpus(SHIPPED), Control())
    assert isinstance(end, Finished)
    opened = OpenedList(data_file(SHIPPED), read_corpus(SHIPPED))
    beside = looked_at(end.result)
    names = NamesWork(opened, trained=end.result, runs=(end.result,), example="rex", **beside)
    network = trained(walk(200, 150))
    run = new_run(network, _MARCH, AccessLog().opened(network.split.table.dates[150:]))
    prices = OpenedPrices(data_file(PRICES), CsvOptions(), read_csv(PRICES))
    newer = newer_days(folder / "newer.csv")
    stocks = StocksWork(
        prices,
        table=network.split.table,
        newer=newer,
        applied=evaluated_newer(network, newer),
        question=EvaluationRequest(7, 0.8),
        test_day=np.datetime64("2012-03-01"),
        front=run,
        runs=Runs((run, named(run, "Diverged", np.nan))),
        accesses={"ab" * 32: AccessLog((("2012-03-01", "2012-05-01"),))},
        walk=WalkWork(7, 2, Shares(("made.csv",), (half_walked(),), (3,))),
        search=SearchWork(("units",), {"units": "2, 3"}, 2, 4, 9, True, 3, half_searched()),
        leaks=LeaksWork(("scaler", "test"), random_walk=True, guessing=True),
        drawing=drawn(network),
        claim=ClaimWork("r2", "0,98", "2019-07-01"),
        view=ForecasterView("runs", (run.name,), candles=True),
        unfinished=stopped(SOUND, walk(120, 90)),
    )
    return Session(inspector, names, stocks, "stocks")


def test_that_a_session_comes_back_and_is_saved_as_the_same_bytes(tmp_path: Path) -> None:
    first, again = tmp_path / "first.rnnstudio", tmp_path / "again.rnnstudio"
    session = made(tmp_path)
    save_session(first, session)
    opened = open_session(first)
    save_session(again, opened)
    assert again.read_bytes() == first.read_bytes()
    assert opened.tab == "stocks"
    inspector, names, stocks = opened.inspector, opened.names, opened.stocks
    assert names is not None
    assert stocks is not None
    assert session.names is not None
    assert session.stocks is not None
    assert session.names.trained is not None
    assert (inspector.cursor, inspector.pages) == (session.inspector.cursor, ("Cell",))
    assert inspector.spec == session.inspector.spec
    assert inspector.votes == session.inspector.votes
    assert inspector.bug.submission is not None
    assert (inspector.bug.scene, inspector.bug.submission.source) == ("gru-7", "a.npz")
    assert inspector.side.scene.same_numbers(session.inspector.side.scene)
    assert inspector.side.scene.fault == CELLS["gru"].faults[0]
    assert inspector.side.chosen.same_numbers(session.inspector.side.chosen)
    assert names.opened is not None
    assert names.opened.corpus == read_corpus(SHIPPED)
    assert names.trained is names.runs[0]
    assert names.example == "rex"
    for name, part in session.names.trained.parameters.items():
        np.testing.assert_array_equal(names.trained.parameters[name], part)
    assert stocks.front is stocks.runs.kept[0]
    assert stocks.runs.names == session.stocks.runs.names[:1], "one that ran away is left out"
    assert stocks.question == EvaluationRequest(7, 0.8)
    assert stocks.view == session.stocks.view
    assert (stocks.search, stocks.leaks) == (
        replace(session.stocks.search, table=stocks.search.table),
        session.stocks.leaks,
    )
    assert stocks.drawing == replace(session.stocks.drawing, day=0)
    assert stocks.claim == session.stocks.claim
    assert isinstance(stocks.walk.walked, Shares)
    assert isinstance(session.stocks.walk.walked, Shares)
    first = session.stocks.walk.walked.outcomes[0]
    assert stocks.walk.walked.outcomes == (first, None, None)
    assert stocks.search.table is not None
    assert session.stocks.search.table is not None
    assert stocks.search.table.listed == session.stocks.search.table.listed
    assert stocks.applied is not None
    assert session.stocks.applied is not None
    assert stocks.applied.forecast.accesses == session.stocks.applied.forecast.accesses
    np.testing.assert_array_equal(
        stocks.applied.forecast.ahead, session.stocks.applied.forecast.ahead
    )
    assert stocks.prices is not None
    np.testing.assert_array_equal(
        stocks.prices.reading.table.column("Close"), read_csv(PRICES).table.column("Close")
    )
    assert stocks.test_day == np.datetime64("2012-03-01")
    assert stocks.unfinished is not None
    require_same(finished(stocks.unfinished), trained(walk(120, 90), SOUND))


def test_that_a_session_without_an_unfinished_training_says_nothing_of_one(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert session.stocks is not None
    work = session.stocks
    for each in (replace(work, unfinished=None), replace(work, unfinished=run_away(work))):
        document = session_document(replace(session, stocks=each), tmp_path / "s.rnnstudio")
        assert "unfinished" not in document.content["stocks"]
        assert not [name for name in document.parts if "unfinished" in name]


def test_that_an_earlier_value_of_a_session_has_all_rounds_that_were_drawn(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert session.stocks is not None
    earlier = replace(session, stocks=replace(session.stocks, drawing=DrawingRounds()))
    assert earlier.stocks is not None
    caught_up = earlier.with_rounds_of(session)
    assert caught_up.stocks is not None
    assert caught_up.stocks.drawing.rounds == session.stocks.drawing.rounds
    assert caught_up.stocks.drawing.drawn == earlier.stocks.drawing.drawn
    assert session.with_rounds_of(session) is session
    untouched = replace(session, stocks=None)
    assert untouched.with_rounds_of(session) is untouched


def run_away(work: StocksWork) -> ForecastCheckpoint:
    assert work.unfinished is not None
    return replace(work.unfinished, fit=replace(work.unfinished.fit, loss_sum=np.inf))


def test_that_earlier_values_of_a_session_have_one_checkpoint_of_a_training(
    tmp_path: Path,
) -> None:
    session = made(tmp_path)
    assert session.stocks is not None
    assert session.stocks.unfinished is not None
    later = replace(session.stocks.unfinished)
    newest = replace(session, stocks=replace(session.stocks, unfinished=later))
    caught_up = session.caught_up(newest)
    assert caught_up.stocks is not None
    assert caught_up.stocks.unfinished is later
    history = History(session).changed(session, Change(Message("An edit")))
    history = history.mapped(lambda each: each.caught_up(newest)).changed(newest, Change())
    assert new_bytes(history.past[0].value, newest) == 0
    over = replace(session, stocks=replace(session.stocks, unfinished=None))
    other = replace(session.stocks, unfinished=stopped(SOUND, walk(120, 90)))
    for each in (over, replace(session, stocks=other), replace(session, stocks=None)):
        assert session.caught_up(each) is session
        assert each.caught_up(session) is each


@pytest.mark.parametrize(
    "spec",
    [
        PaperSpec(iterations=60, sample_every=20),
        FastSpec(
            units=4, epochs=4, learning_rate=1.0, seed=2
        ),  # the newest weights are not the best
    ],
)
def test_that_an_iteration_and_what_was_drawn_come_back_to_the_last_bit(
    spec: Spec, tmp_path: Path
) -> None:
    training: TrainedNames = result(train(spec, read_corpus(SHIPPED), Control()))
    work = NamesWork(trained=training, runs=(training,), **looked_at(training))
    newest = training.memory.get("now.Wy")
    assert newest is None or not np.array_equal(newest, training.parameters["Wy"])
    inspector = InspectorWork(SceneInWork(_SCENE, _SCENE))
    save_session(tmp_path / "s.rnnstudio", Session(inspector, work))
    names = open_session(tmp_path / "s.rnnstudio").names
    assert names is not None
    past, drawn = names.past, names.drawn
    assert past is not None
    assert drawn is not None
    assert work.past is not None
    assert work.drawn is not None
    assert (past.iteration, past.digest) == (work.past.iteration, work.past.digest)
    assert (past.names, past.same, past.redone) == (
        work.past.names,
        work.past.same,
        work.past.redone,
    )
    assert past.trained.losses.tobytes() == work.past.trained.losses.tobytes()
    assert past.trained.same_training(names.trained)
    assert (drawn.sampling, drawn.verdicts) == (work.drawn.sampling, work.drawn.verdicts)
    assert NameSampler(drawn.trained).names(drawn.sampling) == drawn.verdicts
    assert drawn.trained.seconds == work.drawn.trained.seconds


def test_that_a_session_is_saved_though_a_network_ran_away(tmp_path: Path) -> None:
    spec = PaperSpec(iterations=30)
    sound: TrainedNames = result(train(spec, read_corpus(SHIPPED), Control()))
    weights = {name: np.full_like(part, np.nan) for name, part in sound.parameters.items()}
    away = replace(sound, parameters=weights)
    work = NamesWork(spec=spec, trained=away, runs=(sound, away), **looked_at(sound))
    inspector = InspectorWork(SceneInWork(_SCENE, _SCENE))
    save_session(tmp_path / "s.rnnstudio", Session(inspector, work))
    names = open_session(tmp_path / "s.rnnstudio").names
    assert names is not None
    assert names.spec == spec
    assert [run.step for run in names.runs] == [sound.step]
    assert (names.trained, names.past, names.drawn) == (None, None, None)
    drawn = replace(looked_at(sound)["drawn"], trained=away)
    work = NamesWork(spec=spec, trained=sound, runs=(sound,), drawn=drawn)
    save_session(tmp_path / "t.rnnstudio", Session(inspector, work))
    names = open_session(tmp_path / "t.rnnstudio").names
    assert names is not None
    assert names.trained is not None
    assert names.drawn is None


def evaluation(held_out: float = 1.625) -> RecipeEvaluation:
    """One network beside counting letters."""
    own = RecipeFigures(
        THIS_NETWORK, 7, held_out, 0.1, 0.2, 0.0, 1 / 3, 2 / 3, 0.98, (0, 1, 2), 0.3, parameters=90
    )
    counted = replace(own, name="best n-gram", held_out=1.7, order=5, parameters=None, empty=0.01)
    return RecipeEvaluation("dinosaurs.txt", 1_325, (7,), (own, counted), (0, 0, 3), 400)


@pytest.mark.parametrize("held_out", [1.625, 0.1 + 0.2, math.inf])
def test_that_an_evaluation_comes_back_figure_by_figure(held_out: float, tmp_path: Path) -> None:
    work = NamesWork(evaluation=evaluation(held_out))
    session = Session(InspectorWork(SceneInWork(_SCENE, _SCENE)), work)
    save_session(tmp_path / "s.rnnstudio", session)
    opened = open_session(tmp_path / "s.rnnstudio")
    assert opened.names is not None
    assert opened.names.evaluation == work.evaluation
    save_session(tmp_path / "again.rnnstudio", opened)
    assert (tmp_path / "again.rnnstudio").read_bytes() == (tmp_path / "s.rnnstudio").read_bytes()


@pytest.mark.parametrize(
    "forgery",
    [{"figures": []}, {"seeds": [1]}, {"iterations": -1}, {"lengths": [0, 0.5]}, {"names": "many"}],
    ids=str,
)
def test_that_a_forged_evaluation_is_refused(forgery: dict[str, Any]) -> None:
    content = plain(pack_evaluation(evaluation()))
    assert unpack_evaluation(read_fields(content, EvaluationFields)) == evaluation()
    with pytest.raises(DamageError):
        unpack_evaluation(read_fields({**content, **forgery}, EvaluationFields))


_FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a step that never was": lambda content: content["moment"].update(step=61),
    "a letter of no name": lambda content: content["verdicts"][0].update(name="tri3"),
    "a neighbour of no list": lambda content: content["verdicts"][0].update(nearest="berlin"),
    "less than no letters apart": lambda content: content["verdicts"][0].update(distance=-5),
    "more names than were asked for": lambda content: content["sampling"].update(count=1),
    "a beginning that cannot be": lambda content: content["sampling"].update(beginning="tri7"),
}


@pytest.mark.parametrize("forgery", _FORGERIES.values(), ids=_FORGERIES)
def test_that_forged_draws_are_refused_in_a_sentence(
    forgery: Callable[[dict[str, Any]], object],
) -> None:
    training: TrainedNames = result(
        train(PaperSpec(iterations=60), read_corpus(SHIPPED), Control())
    )
    document = drawn_document(looked_at(training)["drawn"])
    drawn_from(document, training, Path("s.rnnstudio"))
    content = deepcopy(dict(document.content))
    forgery(content)
    with pytest.raises(UserError, match="damaged"):
        drawn_from(replace(document, content=content), training, Path("s.rnnstudio"))


def test_that_data_kept_by_their_place_are_asked_for_when_they_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rnnstudio.core.session.data_file.MOST_KEPT", 10)
    prices, path = tmp_path / "prices.csv", tmp_path / "work.rnnstudio"
    prices.write_bytes(PRICES.read_bytes())
    session = made(tmp_path)
    stocks = StocksWork(OpenedPrices(data_file(prices), CsvOptions(), read_csv(prices)))
    save_session(path, Session(session.inspector, stocks=stocks))
    found = open_session(path).stocks
    assert found is not None
    assert found.prices is not None
    moved = prices.rename(tmp_path / "elsewhere.csv")
    with pytest.raises(DataMovedError, match="no longer") as error:
        open_session(path)
    digest = error.value.data.digest
    found = open_session(path, {digest: data_file(moved)}).stocks
    assert found is not None
    assert found.prices is not None
    found = open_session(path, {digest: None}).stocks
    assert found is not None
    assert found.prices is None
    prices.write_bytes(PRICES.read_bytes()[:-200])
    with pytest.raises(DataMovedError, match="has changed"):
        open_session(path)


def test_that_a_newer_session_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "newer.rnnstudio"
    save(path, Document(KIND, VERSION + 1, {}))
    with pytest.raises(UserError, match="newer version of RNN Studio"):
        open_session(path)
