"""``stocks claim`` as somebody who doubts a paper types it."""

from __future__ import annotations

import json

import pytest

from rnnstudio.cli import main
from rnnstudio.core.stocks.data.samples import SAMPLES

AAPL = ["stocks", "claim", "--prices", str(SAMPLES["AAPL"]), "--split", "2011-11-09"]


def test_that_a_claim_is_held_beside_tomorrow_as_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run([*AAPL, "--metric", "accuracy", "--value", "98.28", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["persistence"] == pytest.approx(98.61843, abs=1e-4)
    assert found["claim"] == 98.28
    assert found["beats"] is False
    assert found["target"] == "Adj Close"
    assert found["days"] == 327
    assert "98.62\u202f%" in found["sentence"]
    assert "The claimed 98.28\u202f% is not better" in found["sentence"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--metric", "r2", "--value", "98"], "R² cannot be 98"),
        (["--metric", "r2", "--value", "0.9", "--split", "1999-01-01"], "nothing to train on"),
        (["--metric", "r2", "--value", "0.9", "--split", "2030-01-01"], "nothing to test on"),
        (["--metric", "r2", "--value", "0.9", "--split", "2013-02-27"], "has 3 days from the"),
        (["--metric", "r2", "--value", "0.9", "--target", "Bid"], "no column 'Bid'"),
    ],
)
def test_that_a_claim_that_cannot_be_checked_says_why(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run([*AAPL, *arguments]) == 1
    assert sentence in capsys.readouterr().err


def test_that_a_claim_without_a_figure_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main.run([*AAPL, "--metric", "r2"])
    assert "required: --metric, --value" in capsys.readouterr().err


def test_that_the_published_claims_stand_beside_each_shipped_share(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.run(["stocks", "claim", "--examples"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert lines[0].split("|")[5].strip() == "IBM"
    assert main.run(["stocks", "claim", "--examples", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["persistence"]["AAPL"]["accuracy"] == pytest.approx(98.61843, abs=1e-4)
