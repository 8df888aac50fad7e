"""The whole report: it needs nothing else, and says what the evaluation said."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio import __version__
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import Dialect, Finding, Reading
from rnnstudio.core.stocks.data.price_table import PriceTable, is_price
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.dropout_samples import dropout_band
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.leakage_checks import Check
from rnnstudio.core.stocks.evaluation.predict_newer import predict_newer
from rnnstudio.core.stocks.evaluation.summary import summarize as panel_of
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.uncertainty import Spread
from rnnstudio.core.stocks.export.html.html_report import html_report
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, training_data
from tests.core.stocks import made
from tests.core.stocks.export.html.page_reader import Node, chart_of, points, read_page

WHEN = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
FORECAST_CHARTS = ("chart-test", "chart-closed", "chart-errors", "chart-horizons")


def evaluation_of(split: Split, spec: ForecastSpec = made.SOUND, days: int = 3) -> Evaluation:
    return evaluate_summarized(made.trained(split, spec), AccessLog(), EvaluationRequest(days))


def untrained(split: Split, spec: ForecastSpec, days: int = 3) -> Evaluation:
    """An evaluation of a network as it was drawn: nothing is trained, all else is as ever."""
    model = TrainedModel(spec.model, initial_weights(spec.model, 1), np.zeros(0))
    network = TrainedForecaster(training_data(spec, split), model, 1.0, 0.0)
    return evaluate_summarized(network, AccessLog(), EvaluationRequest(days))


def reading_of(table: PriceTable, *findings: Finding) -> Reading:
    dialect = Dialect("utf-8", ";", ",", Message("dd.mm.yyyy"), 1)
    return Reading(table, findings, dialect, False, None, np.arange(table.rows) + 2)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    found = evaluation_of(made.walk(160, 120))
    return replace(found, dropout=dropout_band(found.forecast, samples=5))


@pytest.fixture(scope="module")
def page(evaluation: Evaluation) -> Node:
    reading = reading_of(
        evaluation.forecast.table,
        Finding("gap", (), Message("Two gaps.")),
        Finding("split", tuple(range(1, 100)), Message("Undone.")),
    )
    return read_page(html_report(evaluation, WHEN, [reading]))


def rows_of(table: Node) -> list[list[str]]:
    return [[cell.text for cell in row.children] for row in table.one("tbody").all("tr")]


def table_in(page: Node, place: str, number: int = 0) -> list[list[str]]:
    [found] = [s for s in page.all("section") if s.attributes["aria-labelledby"] == place]
    return rows_of(list(found.all("table"))[number])


def number(text: str) -> float:
    return float(text.replace("−", "-").rstrip("\u202f%")) / (100 if text.endswith("%") else 1)


def test_that_the_page_asks_for_nothing_from_anywhere(evaluation: Evaluation) -> None:
    text = html_report(evaluation, WHEN)
    page = read_page(text)
    assert not re.search(r"https?:|//|url\(|@import|javascript:", text)
    assert {node.tag for node in page.all()} & {"script", "link", "img", "iframe", "base"} == set()
    for node in page.all():
        assert not {"src", "style", "xlink:href"} & set(node.attributes)
        assert not any(name.startswith("on") for name in node.attributes)
    places = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert len(set(places)) == len(places)
    for link in page.all("a"):
        assert link.attributes["href"].removeprefix("#") in places


def test_that_the_page_can_be_heard_and_found_one_s_way_in(page: Node) -> None:
    assert page.one("html").attributes["lang"] == "en"
    assert [len(list(page.all(tag))) for tag in ("h1", "main", "nav")] == [1, 1, 1]
    for table in page.all("table"):
        assert table.one("caption").text
        for heading in table.all("th"):
            assert heading.attributes["scope"] in ("col", "row")
    charts = list(page.all("svg", "chart"))
    assert len(charts) == 6
    for chart in charts:
        assert chart.attributes["role"] == "img"
        words = [page.at(place).text for place in chart.attributes["aria-labelledby"].split()]
        assert all(words)
        assert re.search(r"\d", words[1])
    for key in page.all("svg", "key"):
        assert key.attributes["aria-hidden"] == "true"


def test_that_the_verdict_comes_first(page: Node, evaluation: Evaluation) -> None:
    main = page.one("main")
    header = main.children[0]
    assert header.children[1].text == str(evaluation.summary.sentence)
    for part in ("made.csv", "Open", "2019-05-01", "2019-06-09"):
        assert part in header.one("h1").text


def test_that_the_figures_are_those_of_the_summary(page: Node, evaluation: Evaluation) -> None:
    rows = table_in(page, "figures")
    assert [row[0] for row in rows] == ["Network", "Persistence", "Drift", "Moving average"]
    for row, figures in zip(rows, evaluation.summary.rows, strict=True):
        own = figures.errors
        shown = [number(cell) for cell in row[1:5]]
        assert shown == pytest.approx([own.rmse, own.mae, own.mape, own.mase], rel=1e-3, abs=5e-5)
        if figures.hit_rate.share is None:
            assert row[5] == "calls none"
        else:
            assert row[5].endswith(f" of {figures.hit_rate.days}")
            assert number(row[5].partition(" (")[0]) == pytest.approx(
                figures.hit_rate.hits / figures.hit_rate.days, abs=5e-4
            )
    closed = table_in(page, "closed-loop")
    assert number(closed[0][1]) == pytest.approx(evaluation.summary.closed_loop.rmse, rel=1e-3)
    assert number(closed[1][1]) == pytest.approx(evaluation.summary.flat.rmse, rel=1e-3)


def test_that_horizons_and_days_ahead_are_shown_with_their_intervals(
    page: Node, evaluation: Evaluation
) -> None:
    horizons = np.array([[number(cell) for cell in row] for row in table_in(page, "by-days-ahead")])
    found = evaluation.summary.horizons
    assert found.coverage is not None
    columns = [[1, 2, 3], found.rmse, found.rmse_persistence, found.coverage]
    np.testing.assert_allclose(horizons.T, columns, rtol=1e-3, atol=6e-4)
    ahead, band = evaluation.future, evaluation.future.band
    assert band is not None
    for day, row in enumerate(table_in(page, "days-ahead")):
        assert row[0] == str(ahead.dates[day])
        shown = [number(row[1]), number(row[3]), number(row[4])]
        assert shown == pytest.approx([ahead.predicted[day], band[0][day], band[1][day]], rel=1e-5)


def test_that_every_leakage_check_is_there_the_failed_ones_first(evaluation: Evaluation) -> None:
    entries = (
        *evaluation.summary.leakage_checks,
        Check("scaler", False, Message("The scaler saw <all> & more.")),
    )
    summary = replace(evaluation.summary, leakage_checks=entries)
    page = read_page(html_report(replace(evaluation, summary=summary), WHEN))
    rows = table_in(page, "leakage-checks")
    assert sorted(row[2] for row in rows) == sorted(str(entry.sentence) for entry in entries)
    assert rows[0] == ["scaler", "✗ no", "The scaler saw <all> & more."]
    assert {row[1] for row in rows[1:]} == {"✓ yes"}
    assert "checks failed (scaler)" in page.one("header").text


def test_that_every_setting_is_shown_with_what_was_changed(
    page: Node, evaluation: Evaluation
) -> None:
    rows = table_in(page, "settings")
    assert len(rows) == len(fields(ForecastSpec))
    shown = {row[0]: row[1:] for row in rows}
    assert shown["Window, days"] == ["5", "changed, was 60"]
    assert shown["Cell"] == ["LSTM", "the same"]
    assert shown["Dropout, share"] == ["0.2", "the same"]
    assert shown["What it sees and says"][0] == evaluation.forecast.spec.quantity


def test_that_seeds_that_were_tried_are_listed(evaluation: Evaluation) -> None:
    summary = replace(evaluation.summary, seeds=Spread((1.5, 1.25, 1.75)))
    text = read_page(html_report(replace(evaluation, summary=summary), WHEN)).text
    assert "3 seeds: RMSE 1.25 to 1.75, mean 1.5;" in text
    assert "The RMSE of each seed: 1.5, 1.25, 1.75." in text
    assert "Sampling with dropout, no prediction interval, holds" in text


def test_that_the_findings_of_the_reading_are_listed_with_their_rows(page: Node) -> None:
    gap, split = table_in(page, "the-file")
    assert gap == ["gap", "–", "Two gaps."]
    assert split[1].startswith("1, 2, 3,")
    assert split[1].endswith("30 and 69 more")
    assert "split by semicolons, decimal mark “,”, dates dd.mm.yyyy" in page.text
    assert "not known any more" not in page.text


def test_when_the_reading_is_not_available_a_sentence_says_so(evaluation: Evaluation) -> None:
    assert (
        "How made.csv was read is not known any more"
        in read_page(html_report(evaluation, WHEN)).text
    )


def test_that_the_spans_are_shown_with_days_and_dates(page: Node) -> None:
    assert table_in(page, "split") == [
        ["Training", "90", "2019-01-01", "2019-03-31"],
        ["Validation", "30", "2019-04-01", "2019-04-30"],
        ["Test", "40", "2019-05-01", "2019-06-09"],
    ]
    widths = [float(rect.attributes["width"]) for rect in page.one("svg", "strip").all("rect")]
    assert widths == pytest.approx([720 * days / 160 - 1 for days in (90, 30, 40)])


def test_that_it_says_how_it_was_made_and_comes_out_the_same_again(evaluation: Evaluation) -> None:
    text = html_report(evaluation, WHEN)
    assert html_report(evaluation, WHEN) == text
    made_by = dict(table_in(read_page(text), "how-it-was-made"))
    assert made_by["Application"] == f"RNN Studio {__version__}"
    assert made_by["NumPy"] == np.__version__
    assert made_by["Engine that trained"] == "numpy"
    assert made_by["Report made"] == "2026-11-24 23:30:00+00:00"


@pytest.mark.parametrize("place", FORECAST_CHARTS)
def test_that_the_naive_forecast_is_on_every_chart_of_a_forecast(page: Node, place: str) -> None:
    naive = chart_of(page, place).one("path", "naive")
    assert len(points(naive)) > 1


@settings(max_examples=15)
@given(st.text(min_size=1), st.text(min_size=1).filter(is_price))
def test_that_no_name_becomes_markup(source: str, column: str) -> None:
    hostile = page_with(f"<script>{source}", f'"><b>{column}')
    assert hostile.shape == plain_shape()
    assert "<script>" in hostile.one("h1").text


@cache
def plain_shape() -> tuple[object, ...]:
    return page_with("a.csv", "Preis").shape


def page_with(source: str, column: str) -> Node:
    table = made.walk(40, 30).table
    named = PriceTable(
        source, table.dates, {column: table.column("Open"), "Low": table.column("High")}
    )
    spec = replace(made.PAPER, features=(column,), target=column)
    reading = reading_of(
        named, Finding("gap", (1,), Message("A gap in {column}.", {"column": column}))
    )
    text = html_report(untrained(Split(named, 30), spec), WHEN, [reading])
    text.encode("utf-8")
    return read_page(text)


def test_that_a_price_that_never_moves_leaves_a_whole_page() -> None:
    split = Split(made.table(np.full(60, 100.0)), 40)
    page = read_page(html_report(untrained(split, made.PAPER), WHEN))
    assert "No skill: yesterday's price makes no error" in page.text
    assert "correlates with nothing" in page.text
    assert "No epoch was trained." in page.text
    assert_drawn(page)


def test_that_a_single_test_day_has_a_whole_page_and_no_interval_of_skill() -> None:
    page = read_page(html_report(untrained(made.walk(60, 59), made.PAPER), WHEN))
    assert "No skill: fewer than 10 test days" in page.text
    assert "nan " not in page.text.lower()
    assert_drawn(page)


def test_that_a_share_of_a_true_price_of_0_is_given_without_a_number(
    evaluation: Evaluation,
) -> None:
    network = evaluation.summary.network
    without = replace(network, errors=replace(network.errors, mape=float("inf")))
    summary = replace(evaluation.summary, rows=(without, *evaluation.summary.rows[1:]))
    ahead = replace(evaluation.future, last=0.0)
    page = read_page(html_report(replace(evaluation, summary=summary, future=ahead), WHEN))
    assert table_in(page, "figures")[0][3] == "–"
    assert {row[2] for row in table_in(page, "days-ahead")} == {"–"}


def test_that_a_newer_file_is_distinguished_from_the_one_that_was_trained_on(
    evaluation: Evaluation,
) -> None:
    split = evaluation.forecast.split
    before = Split(split.table.part(slice(0, 150)), 120)
    forecast = predict_newer(made.trained(before), split.table, AccessLog(), EvaluationRequest(3))
    newer = Evaluation(forecast, panel_of(forecast), evaluation.future)
    assert table_in(read_page(html_report(newer, WHEN)), "split")[2:] == [
        ["Test of the training's file, not forecast here", "30", "2019-05-01", "2019-05-30"],
        ["Newer days, forecast here", "10", "2019-05-31", "2019-06-09"],
    ]


def test_that_an_interval_without_an_end_is_described_and_not_drawn() -> None:
    spec = replace(made.SOUND, validation=0.1, window=3)
    found = untrained(made.walk(53, 50), spec)
    assert found.forecast.band is not None
    assert np.isinf(found.forecast.band[1]).all()
    page = read_page(html_report(found, WHEN))
    assert {row[4] for row in table_in(page, "days-ahead")} == {"–"}
    assert all(
        path.attributes["d"] == "" for path in chart_of(page, "chart-test").all("path", "band")
    )
    assert_drawn(page)


def assert_drawn(page: Node) -> None:
    """Every place on every drawing is a number inside it."""
    for svg in page.all("svg", "chart"):
        for node in svg.all():
            for name in ("d", "x", "y", "width"):
                assert not re.search("nan|inf", node.attributes.get(name, ""), re.IGNORECASE)
        for path in svg.all("path", "line"):
            across, up = points(path).T
            assert ((across >= 84) & (across <= 706)).all()
            assert ((up >= 36) & (up <= 240)).all()


def test_that_a_long_file_makes_a_small_page_that_keeps_its_extremes() -> None:
    split = made.walk(200_000, 199_900)
    split.table.column("Open")[:] += 2_000  # so that it stays above 0
    split.table.column("Open")[[23_456, 134_567]] = 10.0, 9_000.0
    text = html_report(untrained(split, made.PAPER, days=1), WHEN)
    assert len(text) < 200_000
    chart = chart_of(read_page(text), "chart-file")
    up = points(chart.one("path", "truth"))[:, 1]
    assert len(up) <= 1_300
    labels = [text.own for text in chart.one("g", "y").all("text")]
    assert "8000" in labels
    assert (up.max() - up.min()) / (240 - 36) == pytest.approx(1 / 1.08, rel=1e-3)
