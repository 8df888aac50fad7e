"""The catalogues that are shipped hold the sentences that are in the code."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from rnnstudio.cli.translations import catalogue_file, checked
from rnnstudio.core.language import NAMES
from tools import translations


def test_that_the_shipped_catalogues_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = translations.main(["--check"])
    assert (outcome, capsys.readouterr().out) == (0, "Out of date: nothing.\n"), (
        "run make translations"
    )


def test_that_no_translation_is_a_guess_or_has_other_placeholders() -> None:
    found = checked({code: catalogue_file(code) for code in NAMES if code != "en"})
    assert (found["fuzzy"], found["placeholders"]) == (0, 0)


def test_that_a_sentence_is_found_whatever_stands_in_its_values(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(
        'Message("{cell} is {day}", {"cell": cells[row], "day": Message("the first day")})\n'
        'Message.counted("{n} day", "{n} days", n=len(days[row]))\n',
        encoding="utf-8",
    )
    sentences = {"{cell} is {day}", "the first day", ("{n} day", "{n} days")}
    assert set(translations.marked(file)) == sentences


def brought_up_to_date(before: Catalog, now: Catalog, tmp_path: Path) -> Catalog:
    file = tmp_path / "some.po"
    with file.open("wb") as stream:
        write_po(stream, before)
    return translations.brought_up_to_date(file, "id", now)


def catalogue(**sentences: str) -> Catalog:
    made = Catalog(locale="id")
    for text, translation in sentences.items():
        made.add(text.replace("_", " "), translation)
    return made


def test_that_a_reworded_sentence_keeps_its_translation_for_review_and_another_has_none(
    tmp_path: Path,
) -> None:
    before = catalogue(
        The_file_cannot_be_read_now="Berkas tidak dapat dibaca", Quit="Keluar", Look_at_it=""
    )
    now = catalogue(The_file_cannot_be_read="", quantity="", Look_at_them="")
    updated = brought_up_to_date(before, now, tmp_path)
    reworded, other = updated["The file cannot be read"], updated["quantity"]
    assert (reworded.string, reworded.fuzzy) == ("Berkas tidak dapat dibaca", True)
    assert (other.string, other.fuzzy) == ("", False)
    assert not updated["Look at them"].fuzzy
    assert "Quit" not in updated


def test_that_a_sentence_without_a_translation_is_left_in_english_by_its_number() -> None:
    made = catalogue(Quit="Keluar")
    made.add(("{n} line is blank.", "{n} lines are blank."), ("",))
    compiled = gettext.GNUTranslations(io.BytesIO(translations.as_mo(made)))
    assert compiled.ngettext("{n} line is blank.", "{n} lines are blank.", 3) == (
        "{n} lines are blank."
    )
    assert compiled.gettext("Quit") == "Keluar"
