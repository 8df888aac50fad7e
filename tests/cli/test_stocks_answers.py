"""What a question or a refusal names as the way out is typed on the command line, and works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from rnnstudio.cli.main import run

DAYS = range(10, 29)


def table(header: str, row: str, days: range = DAYS) -> bytes:
    """A file with such a row for every day; {d} is the day, {n} a number that rises with it."""
    lines = [row.format(d=day, n=100 + day) for day in days]
    return "\n".join([*([header] if header else []), *lines, ""]).encode()


QUESTIONS = {
    "order of dates": table("Date,Close", "0{d}/02/2019,{n}.5", range(1, 9)),
    "decimal mark": table("Date;Close", "2024-01-{d};9.{n}"),
    "which close": table("Date,Bid,Ask", "2024-01-{d},{n}.5,{n}.6"),
    "which close, without header": table("", "2024-01-{d},{n}.5,{n}.6,7"),
    "one name twice": table("Date,Close,Close", "2024-01-{d},{n}.5,{n}.6"),
    "no close": table("Date,High,Low,Average", "2024-01-{d},{n}.9,{n}.1,{n}.5"),
    "several shares": table("Date,Symbol,Close", "2024-01-{d},AAA,{n}.5")
    + table("", "2024-02-{d},BBB,{n}.5"),
    "two labels": table("Date,Symbol,Series,Close", "2024-01-{d},AAA,EQ,{n}.5")
    + table("", "2024-02-{d},BBB,N2,{n}.5"),
    "day numbers": table("Date,Close", "449{d},{n}.5"),
    "persian dates": table("Date,Close", "1398-07-{d},{n}.5"),
    "encoding": table("Date;High;我的基金", "2024-01-{d};{n},9;{n},5")
    .decode()
    .encode("gb18030"),
    "dates without a name": table("Foo,Bar", "449{d},{n}.5"),
}  # fmt: skip


def answers(sentence: str) -> list[str]:
    """The options that a sentence says, as they are to be typed."""
    text = " ".join(sentence.split())
    return re.findall(
        r"(?:Say|or|option:) (--[a-z-]+ (?:'[^']*'|[^ (]*[^ (.])|--[a-z]+-first)", text
    )


@pytest.mark.parametrize("content", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_that_every_answer_to_a_question_reads_the_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "share.csv"
    path.write_bytes(content)
    waiting: list[list[str]] = [[]]
    read = 0
    while waiting:
        options = waiting.pop()
        if run(["stocks", "read", str(path), *options]) == 0:
            read += 1
            capfd.readouterr()
            continue
        found = answers(capfd.readouterr().err)
        assert found, options
        assert len(options) < 8
        waiting += [[*options, *shlex.split(answer)] for answer in found]
    assert read > 0
