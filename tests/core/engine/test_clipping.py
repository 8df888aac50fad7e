"""Clipping by hand-made examples."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.clipping import clip
from rnnstudio.core.engine.spec import ClipByNorm, ClipByValue


def test_that_clipping_by_value_holds_each_entry_within_the_limit() -> None:
    gradient = np.array([3.0, -4.0, 0.5])
    clip(gradient, 5.02, ClipByValue(1))
    assert gradient.tolist() == [1, -1, 0.5]


def test_that_clipping_by_norm_keeps_the_direction() -> None:
    gradient = np.array([3.0, -4.0])
    clip(gradient, 5.0, ClipByNorm(1))
    assert gradient == pytest.approx([0.6, -0.8], rel=1e-12)


@pytest.mark.parametrize("how", [None, ClipByNorm(5.1), ClipByValue(4)])
def test_that_a_gradient_within_the_limit_stays(how: ClipByNorm | ClipByValue | None) -> None:
    gradient = np.array([3.0, -4.0])
    clip(gradient, 5.0, how)
    assert gradient.tolist() == [3, -4]
