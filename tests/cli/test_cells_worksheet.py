"""``rnnstudio cells worksheet``: what is written, and what is refused."""

import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run


def test_that_sheets_key_and_questions_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, key, moodle = (tmp_path / name for name in ("s.pdf", "k.pdf", "q.gift"))
    command = ["cells", "worksheet", "--seeds", "1..2", "--pdf", str(pdf), "--key", str(key)]
    assert run([*command, "--gift", str(moodle), "--language", "id", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sheets"] == 2
    assert pdf.read_bytes()[:5] == key.read_bytes()[:5] == b"%PDF-"
    assert "Pada langkah 1" in moodle.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--steps", "9"], "1 to 3 steps"),
        (["--seeds", "1..900"], "900 sheets"),
        (["--seeds", "5..1"], "0 sheets"),
        (["--seeds", "some"], "no seeds"),
    ],
)
def test_that_impossible_sheets_are_refused(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q.gift"
    assert run(["cells", "worksheet", *arguments, "--gift", str(file)]) == 1
    assert sentence in capsys.readouterr().err
    assert not file.exists()
