"""What every script looks like, whichever parts it has: clean, and without a line too many."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rnnstudio.core import language
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.stocks.export.script.docstrings import paragraphs, translated
from rnnstudio.core.stocks.export.script.script import script_text, write_script
from rnnstudio.core.stocks.model.forecast_spec import ENGINES, ForecastSpec
from tests.core.stocks import made
from tests.core.stocks.export.script import runs

COLUMNS = (("Open",), ("Open", "Volume"), ("Change %", "Open"), ("High", "Volume", "Change %"))
WATCHED = ((0.0, None), (0.3, None), (0.3, 1))


def kinds() -> Iterator[ForecastSpec]:
    """Settings that need every part of a script, in all combinations of parts."""
    quick = replace(made.PAPER, epochs=1)
    for engine, quantity, layers, dropout, features, (validation, patience) in itertools.product(
        ENGINES, ("price", "log return"), (1, 2), (0.0, 0.2), COLUMNS, WATCHED
    ):
        if quantity == "price" and features != COLUMNS[0]:
            continue  # what a column holds makes a difference to returns only
        yield replace(
            quick,
            engine=engine,
            quantity=quantity,
            layers=layers,
            dropout=dropout,
            features=features,
            validation=validation,
            patience=patience,
        )

    for engine, cell, layers, dropout in itertools.product(
        ENGINES, ("rnn", "gru"), (1, 2), (0.0, 0.2)
    ):
        yield replace(quick, engine=engine, cell=cell, layers=layers, dropout=dropout)


@pytest.fixture(scope="module")
def scripts() -> list[str]:
    """A script of every kind."""
    return [script_text(runs.forecast(spec), Path("run.py")) for spec in kinds()]


def test_that_all_that_a_script_defines_is_used(scripts: list[str]) -> None:
    for text in scripts:
        assert unused(text) == []


def unused(text: str) -> list[str]:
    """What is defined, imported, assigned or taken as an argument and never looked at."""
    nodes = list(ast.walk(ast.parse(text)))
    defined, used = set(), set()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.alias):
            defined.add(node.asname or node.name)
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            (used if isinstance(node.ctx, ast.Load) else defined).add(name)
    return sorted(defined - used - {"_", "__init__"})


def code(text: str) -> str:
    """What a script does, without what it says of itself."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:]
    return ast.dump(tree)


def test_that_docstrings_alone_are_in_the_language_that_is_spoken(scripts: list[str]) -> None:
    for text in scripts:
        language.choose("id")
        try:
            spoken = translated(text)
        finally:
            language.choose("en")
        assert code(spoken) == code(text)
        assert not {*paragraphs(spoken)} & {*paragraphs(text)}
        assert max(map(len, spoken.splitlines())) <= max(map(len, text.splitlines()))
        assert translated(text) == text


def test_that_an_unused_name_would_be_found() -> None:
    text = "import a\nB = 1\nclass C:\n    def d(self, e):\n        self.f = 1\nC()\n"
    assert unused(text) == ["B", "a", "d", "e", "f"]


def test_that_a_linter_has_nothing_to_say(scripts: list[str], tmp_path: Path) -> None:
    pytest.importorskip("ruff", reason="this environment has no linter")
    for number, text in enumerate(scripts):
        (tmp_path / f"run{number}.py").write_text(text, "utf-8")
    rules = ["--isolated", "--no-cache", "--select=E,F,W,PIE,RET,SIM", "--ignore=E402"]
    ended = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *rules, "--line-length=100", str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout


@pytest.mark.slow
@pytest.mark.keras
@pytest.mark.parametrize("cell", KINDS)
def test_that_a_script_for_keras_trains_as_the_application_does(cell: str, tmp_path: Path) -> None:
    from rnnstudio.core.keras_engine.keras_fit import fit
    from rnnstudio.core.stocks.data.split import Split
    from rnnstudio.core.stocks.evaluation.forecast import evaluate
    from rnnstudio.core.stocks.model.forecaster import train
    from rnnstudio.core.training import Control

    spec = replace(runs.SOUND, engine="keras", cell=cell, layers=2, epochs=2, window=3)
    *_, last = train(spec, Split(runs.table(), runs.FIRST_TEST_ROW), Control(), fit)
    forecast = evaluate(last.result)
    path, _ = write_script(tmp_path / "run.py", forecast)
    ended = subprocess.run(
        [sys.executable, "-I", str(path)], check=False, capture_output=True, encoding="utf-8"
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "They agree" in ended.stdout
    losses = re.findall(r"^epoch +\d+  loss (\S+)", ended.stdout, re.M)
    assert losses == [f"{loss:.6f}" for loss in forecast.trained.model.losses]
