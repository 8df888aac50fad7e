"""Whether a cluster's workers compute as this machine does, to the last bit.

The same versions are not enough: OpenBLAS and NumPy choose their kernels by the processor, and
kernels sum in different orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.folds import Fold, Outcome, make_fold
from rnnstudio.workers.fold_service import do_fold

if TYPE_CHECKING:
    from distributed import Client

_DAYS, _KNOWN = 120, 100


def others(client: Client, workers: list[str]) -> list[str]:
    """Those of ``workers`` that make something else of a small fold than this machine does."""
    fold = probe()
    ours = _figures(do_fold(fold))
    theirs: Any = client.run(do_fold, fold, workers=workers, on_error="ignore")
    return sorted(address for address, outcome in theirs.items() if _figures(outcome) != ours)


def probe() -> Fold:
    """A fold of a walk, done in a few hundredths of a second."""
    walk = 100 * np.exp(np.cumsum(np.random.default_rng(1).normal(0, 0.01, _DAYS)))
    table = PriceTable("probe", np.datetime64("2019-01-01") + np.arange(_DAYS), {"Close": walk})
    spec = ForecastSpec(("Close",), "Close", "log return", window=20, units=16, epochs=10)
    return make_fold(spec, table, _KNOWN, range(_KNOWN, _DAYS))


def _figures(outcome: Outcome) -> object:
    """All but the seconds."""
    if isinstance(outcome, UserError):
        return str(outcome)
    return outcome.predicted, outcome.epochs, outcome.shrinkage
