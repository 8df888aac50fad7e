"""What every test of the window gets."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import leaks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def nothing_collected_within_a_call_of_qt() -> Iterator[None]:
    """Collect reference cycles between tests only, as the application does between events.

    pytest-qt holds a test's windows by weak references, so one that only a variable of the test
    named is garbage when the test returns. Were it collected then, rather than deleted by Qt, its
    items would lose their attributes one by one while Qt, destroying it, still asks the labels of
    its charts for their size.
    """
    gc.disable()
    yield
    leaks.delete_what_waits()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def usual_look(request: pytest.FixtureRequest) -> None:
    """Every test sees the application as a user does, whichever test ran before it."""
    if leaks.HAS_QT:
        _look_as_usual(request.getfixturevalue("qapp"))


@pytest.fixture(autouse=True)
def nothing_moves(own_settings: None) -> None:
    """Tests look at things where they are in the end; those of motion let it be."""
    if leaks.HAS_QT:
        from rnnstudio.ui.theme import motion

        motion.keep_reduced(True)


@pytest.fixture
def fresh_look(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test change how the application looks, and no other test see it."""
    app = request.getfixturevalue("qapp")
    yield
    _look_as_usual(app)


@pytest.fixture(params=["en", "id"])
def each_language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Everything that is built meanwhile speaks this language."""
    from rnnstudio.core import language
    from rnnstudio.ui.translator import speak

    app = request.getfixturevalue("qapp")
    language.choose(request.param)
    speak(app)
    yield request.param
    language.choose("en")
    speak(app)


def _look_as_usual(app: QApplication) -> None:
    # States are tested without Qt, too, and by way of this file.
    from rnnstudio.ui.theme import appearance
    from rnnstudio.ui.theme.tokens import Theme

    appearance.apply(app, Theme())
