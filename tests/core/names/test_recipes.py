"""Settings of a training: the published defaults, and what is refused."""

import math
from typing import Any

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.recipes import PaperSpec


def test_that_the_defaults_are_the_published_recipe() -> None:
    spec = PaperSpec()
    assert (spec.iterations, spec.learning_rate, spec.clip) == (35_000, 0.01, 5.0)
    assert (spec.units, spec.seed) == (50, 1)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"iterations": 0}, "The number of iterations is 0; it must be a whole number from 1 to"),
        ({"iterations": 10**9}, "The number of iterations is 1000000000; it must be"),
        ({"units": 0}, "The number of units is 0; it must be a whole number of at least 1."),
        ({"units": 10**6}, "The number of units is 1000000; it must be a whole number from 1 to"),
        ({"sample_every": 0}, "The number of iterations between samples is 0; it must be"),
        ({"learning_rate": 0.0}, "The learning rate is 0.0; it must be a number above 0."),
        ({"learning_rate": math.nan}, "The learning rate is nan; it must be a number above 0."),
        ({"clip": -5.0}, "The clipping limit is -5.0; it must be a number above 0."),
        ({"seed": -1}, "The seed is -1; it must be a whole number from 0 to 4294967295."),
    ],
)
def test_that_an_impossible_setting_is_refused(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        PaperSpec(**settings)
    assert str(refused.value).startswith(sentence)
