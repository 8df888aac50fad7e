"""From measured batches to the costs that ``rnnstudio.core.engine.choice`` reckons with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np

from rnnstudio.core.engine.choice import Work

KINDS = ("batch", "step", "number", "product")


def fitted(works: Sequence[Work], seconds: Sequence[float]) -> dict[str, float]:
    """Seconds of a unit of each kind of work: none negative, least squares of relative errors."""
    from sklearn.linear_model import LinearRegression

    amounts = np.array([astuple(work) for work in works]) / np.array(seconds)[:, np.newaxis]
    scale = amounts.max(axis=0)
    model = LinearRegression(positive=True, fit_intercept=False)
    model.fit(amounts / scale, np.ones(len(works)))
    return dict(zip(KINDS, (model.coef_ / scale).tolist(), strict=True))
