"""Reading as a job: the table at the end, or the reader's sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.reading import reading
from rnnstudio.core.stocks.samples import SAMPLES
from rnnstudio.core.training import Control, Finished, Started


def test_that_the_job_ends_with_the_table() -> None:
    first, *_, last = reading(SAMPLES["GOOG"], Control())
    assert isinstance(first, Started)
    assert isinstance(last, Finished)
    assert last.result.rows == 2148


def test_when_the_file_is_bad_the_readers_sentence_comes_through(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        list(reading(tmp_path / "gone.csv", Control()))


def test_when_cancelled_nothing_is_read(tmp_path: Path) -> None:
    control = Control()
    control.cancel()
    assert [type(event) for event in reading(tmp_path / "gone.csv", control)] == [Started]
