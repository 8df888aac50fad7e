"""What is said of the gradients of weights as they add up over the steps."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import plain


def sums_finding(sums: Sums, added: int) -> Message:
    """Which step gives most to all gradients, once the last ``added`` steps are added up."""
    traced = sums.trace
    steps = len(traced.forward)
    if added == 0:
        return Message("The sums grow in the backward pass, from the last step to the first.")
    lengths = np.sqrt(sum(sums.size(name).own ** 2 for name in traced.cell.learned))
    seen = lengths[steps - added :]
    most = int(np.nanargmax(seen)) + steps - added if np.isfinite(seen).any() else steps - 1
    values = {
        "step": most + 1,
        "own": plain(float(lengths[most])),
        "n": added,
        "steps": steps,
        "least": plain(float(np.nanmin(seen))) if np.isfinite(seen).any() else "NaN",
    }
    if added < steps:
        return Message(
            "{n} of {steps} steps are added up; step {step} gives most so far, a gradient of "
            "length {own}.",
            values,
        )
    return Message(
        "Step {step} gives most to the gradients: a length of {own}; the step that gives least "
        "only {least}.",
        values,
    )
