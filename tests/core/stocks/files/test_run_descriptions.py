"""Settings in a few words."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.stocks.files.run_descriptions import in_short, listed, usual_name
from rnnstudio.core.stocks.model.presets import PRESETS
from tests.core.stocks import made


def test_that_a_run_is_named_by_its_share_its_settings_and_its_seed() -> None:
    table = replace(made.walk(9, 5).table, source="IBM.csv")
    assert usual_name(replace(PRESETS["sound"], seed=7), table) == "IBM sound, seed 7"
    assert usual_name(made.SOUND, table) == "IBM log return, seed 1"
    assert str(in_short(replace(PRESETS["paper"], engine="keras", target="High"))) == "paper"
    assert str(in_short(replace(PRESETS["paper"], layers=4))) == "paper-four-layers"
    assert (
        str(in_short(replace(PRESETS["paper"], features=("Volume",), target="Volume"))) == "paper"
    )
    assert str(in_short(made.SOUND)) == "log return, window 5, 4 LSTM units"
    deep = replace(made.PAPER, cell="gru", layers=2)
    assert str(in_short(deep)) == "price, window 5, 2 × 4 GRU units"


def test_that_a_long_list_is_counted_and_not_listed() -> None:
    assert str(listed("AB")) == "“A”, “B”"
    assert str(listed("ABCDEFGH")) == "“A”, “B”, “C”, “D”, “E” and 3 more"
