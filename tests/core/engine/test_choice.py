from __future__ import annotations

import pytest

from rnnstudio.core.engine.choice import recommend
from rnnstudio.core.engine.spec import Dense, Dropout, FitSpec, ModelSpec, Recurrent


def lstm(units: int) -> ModelSpec:
    return ModelSpec(2, (Recurrent("lstm", units), Dropout(0.2), Dense(1)))


LARGE, LARGE_FIT = lstm(512), FitSpec(epochs=100, batch_size=512)


@pytest.mark.parametrize("units", [16, 50, 256])
def test_that_models_like_the_documents_are_for_numpy(units: int) -> None:
    assert recommend(lstm(units), FitSpec(), 1867, 60).engine == "numpy"


def test_when_a_model_is_large_and_trains_for_long_keras_is_recommended() -> None:
    assert recommend(LARGE, LARGE_FIT, 100_000, 60).engine == "keras"


def test_when_a_large_model_trains_for_a_moment_keras_would_still_be_starting() -> None:
    short = FitSpec(epochs=1, batch_size=512)
    assert recommend(LARGE, short, 512, 60).engine == "numpy"


def test_when_there_are_fewer_examples_than_a_batch_takes_they_are_what_counts() -> None:
    assert recommend(LARGE, LARGE_FIT, 8, 60).engine == "numpy"


def test_when_backpropagation_is_truncated_only_numpy_can_do_it() -> None:
    truncated = FitSpec(epochs=100, batch_size=512, truncate=10)
    recommendation = recommend(LARGE, truncated, 100_000, 60)
    assert recommendation.engine == "numpy"
    assert "truncate" in str(recommendation.why)
