"""One fold, run in a child process or by a worker of a cluster."""

from __future__ import annotations

import os

from rnnstudio.core.engine.fit import fit as numpy_fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.engine.threads import ONE_THREAD
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.keras_fit import fit as keras_fit
from rnnstudio.core.keras_engine.keras_fit import import_keras
from rnnstudio.core.stocks.model.forecast_spec import EngineName
from rnnstudio.core.stocks.validation.folds import Fold, Outcome, forecast_fold

_TENSORFLOW = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
"""Read by Keras and TensorFlow when they are imported."""


def do_fold(fold: Fold) -> Outcome:
    """Train and forecast in this process; a ``UserError`` is an outcome, all else is raised.

    Products use one thread for networks of any size: there are as many workers as cores, and
    the outcome must not depend on how many cores a machine has.
    """
    with ONE_THREAD:
        try:
            return forecast_fold(fold, _fit_of(fold.spec.engine))
        except UserError as error:
            return error
        except MemoryError:
            return UserError(
                "There is not enough memory for this training. Use fewer processes or a smaller "
                "network, or close other programs."
            )


def _fit_of(engine: EngineName) -> Fit:
    if engine == "numpy":
        return numpy_fit
    os.environ.update(_TENSORFLOW)
    import_keras()
    return keras_fit
