"""States of the stock forecaster's own pages, on the shipped share."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESETS
from rnnstudio.ui.screenshots.made_prices import UNDECIDED, indonesian_prices
from rnnstudio.ui.screenshots.screen import Screen, Show

SHARE = FIRST_SAMPLE
PAPER = PRESETS["paper"]
SOUND = replace(PRESETS["sound"], features=("Adj Close",), target="Adj Close")
"""The preset with the columns that suit the share."""
_DAY_SEEN = 33
"""The day in the chart that is looked at."""
_EPOCHS_SEEN = 2
"""Epochs after which a training is looked at on its way."""


def show_question(screen: Screen) -> None:
    """The share has been read and nothing is trained: does a network know tomorrow better?"""
    read_share(screen)
    screen.window.stocks.pages.turn_to("verdict")


def show_data(screen: Screen) -> None:
    """What was understood of a file of one's own: its split is looked at."""
    _open(screen, "saham-contoh.csv", indonesian_prices())
    page = screen.window.stocks.pages.file
    kinds = [row.line.kind for row in page.checklist.rows]
    page.checklist.go_to(kinds.index("split"))


def ask_for_order(screen: Screen) -> None:
    """A file whose dates can be read in two ways, and the question which is right."""
    _open(screen, "prices.csv", UNDECIDED)


def refuse_file(screen: Screen) -> None:
    """A file without a price was opened."""
    _open(screen, "prices.csv", "These are no prices.\n")


def watch_training(screen: Screen) -> None:
    """A network that is trained, paused on its way."""
    read_share(screen)
    tab = screen.window.stocks
    tab.form.show_spec(PAPER)
    tab.start()
    screen.wait(lambda: len(tab.state.losses) > _EPOCHS_SEEN)
    tab.run_bar.pause_button.click()


def find_out(screen: Screen) -> None:
    """The verdict on five seeds, from the one button."""
    choose_settings(screen, SOUND)
    screen.window.stocks.find_out()
    screen.wait_for_end(lambda: screen.window.stocks.state.run)


def watch_finding_out(screen: Screen) -> None:
    """The first seed is judged, the others are under way."""
    choose_settings(screen, SOUND)
    tab = screen.window.stocks
    tab.find_out()
    screen.wait(lambda: tab.state.evaluation is not None)
    tab.run_bar.pause_clicked.emit()


def show_ahead(screen: Screen) -> None:
    """The days after the last one known, with their interval."""
    find_out(screen)
    screen.window.stocks.verdict.button.click()


def read_checks(screen: Screen) -> None:
    """The leakage checks one by one, and a day in the chart."""
    find_out(screen)
    screen.window.stocks.verdict.card.known.checks_button.click()
    screen.window.stocks.verdict.chart.show_place(_DAY_SEEN)


def focus_line(screen: Screen) -> None:
    """A day in the chart, told of the line in focus."""
    find_out(screen)
    chart = screen.window.stocks.verdict.chart
    chart.show_place(_DAY_SEEN)
    chart.focus_line(chart.lines[0].name)


def show_page(screen: Screen, page: str, chart: str = "") -> None:
    """A further page of the verdict."""
    find_out(screen)
    pages = screen.window.stocks.pages
    pages.turn_to(page)
    if chart:
        pages.horizons.turn_chart(chart)


def open_drawer(screen: Screen, section: str) -> None:
    """The drawer beside the verdict."""
    find_out(screen)
    screen.window.stocks.workbench.open_section(section)


def step_lecture(screen: Screen, stages: int) -> None:
    """So many stages of the lecture in front of a class."""
    find_out(screen)
    for _ in range(stages):
        screen.window.stocks.verdict.go_on()


def train_sound(screen: Screen) -> None:
    """A network has been trained; its test span is not evaluated."""
    choose_settings(screen, SOUND)
    train(screen)


def evaluate_sound(screen: Screen) -> None:
    """The forecast of the test span beside yesterday's price, and the verdict."""
    train_sound(screen)
    evaluate(screen)


def train(screen: Screen) -> None:
    """Train with the settings that were chosen, to the end."""
    screen.window.stocks.start()
    screen.wait_for_end(lambda: screen.window.stocks.state.run)


def evaluate(screen: Screen) -> None:
    """Evaluate the test span for the network that was trained."""
    screen.window.stocks.evaluate()
    screen.wait_for_end(lambda: screen.window.stocks.state.run)


def read_share(screen: Screen) -> None:
    """Look at the forecaster and read the share."""
    tab = screen.window.stocks
    screen.window.tabs.setCurrentWidget(tab)
    screen.wait(lambda: tab.state.ready)
    tab.open_sample(SHARE)
    screen.wait(lambda: tab.state.ready)


def _open(screen: Screen, name: str, text: str) -> None:
    """Open a file with that text in place of the share."""
    read_share(screen)
    file = screen.folder / name
    file.write_text(text, "utf-8")
    screen.window.stocks.open_file(file)
    screen.wait(lambda: not screen.window.stocks.state.reading)
    screen.settle()


def choose_settings(screen: Screen, spec: ForecastSpec) -> None:
    """Read the share and choose the settings; a quick screen takes a small network."""
    read_share(screen)
    tab = screen.window.stocks
    if screen.quick:
        spec = _shortened(spec)
    tab.form.show_spec(spec)
    screen.wait(lambda: tab.state.spec == spec)
    screen.settle()


def _shortened(spec: ForecastSpec) -> ForecastSpec:
    """A training of a moment that still learns something."""
    return replace(spec, epochs=1, units=4, window=10, learning_rate=0.01)


STATES: dict[str, Show] = {
    "shares-question": show_question,
    "shares-data": show_data,
    "shares-data-asked": ask_for_order,
    "shares-training": watch_training,
    "shares-trained": train_sound,
    "shares-finding-out": watch_finding_out,
    "shares-verdict": find_out,
    "shares-dark": find_out,
    "shares-one-seed": evaluate_sound,
    "shares-ahead": show_ahead,
    "shares-checks": read_checks,
    "shares-line": focus_line,
    "shares-closed-loop": partial(show_page, page="closed loop"),
    "shares-horizons": partial(show_page, page="horizons"),
    "shares-residuals": partial(show_page, page="horizons", chart="residuals"),
    "shares-intervals": partial(show_page, page="horizons", chart="widths"),
    "shares-seeds": partial(show_page, page="seeds"),
    "shares-report": partial(show_page, page="report"),
    "shares-network": partial(open_drawer, section="network"),
    "shares-spans": partial(open_drawer, section="spans"),
    "shares-figures": partial(open_drawer, section="figures"),
    "shares-class": partial(step_lecture, stages=2),
    "shares-class-verdict": partial(step_lecture, stages=3),
    "shares-class-checks": partial(step_lecture, stages=4),
    "shares-error": refuse_file,
}
