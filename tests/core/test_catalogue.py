"""The catalogue has every sentence that a person can see: they are in the field's words too."""

from __future__ import annotations

import re

import pytest

from rnnstudio.paths import resource_file

PRIVATE_PHRASES = re.compile(
    r"\b(ledger|told|lied|lying|planted|doctor|headless|honesty|at hand|is none of|will not do)\b"
    r"|\b(a|no|the) lies?\b|\bspan\b.* \bshut\b|^shut$",
    re.IGNORECASE,
)
"""What tests/walls/test_names.py keeps out of names; a gate may be shut, a value lie somewhere."""
SAME_SENTENCES = {"Spot the lie": "the name of the page, which asks a class to find it"}
"""Sentences that have such a phrase in them, and why they may."""


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    from babel.messages.pofile import read_po

    with resource_file("locale/id/LC_MESSAGES/rnnstudio.po").open("rb") as stream:
        return [" ".join(entry.id) if entry.pluralizable else entry.id for entry in read_po(stream)]


def test_that_no_sentence_has_a_private_word(sentences: list[str]) -> None:
    private = {each for each in sentences if PRIVATE_PHRASES.search(each)}
    assert private == SAME_SENTENCES.keys()
