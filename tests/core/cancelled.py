"""A control that asks for a stop in the middle of the work."""

from __future__ import annotations

from rnnstudio.core.training import Control


class CancelledAtLook(Control):
    """Cancelled when it is looked at for the ``last`` time; counts how often it was."""

    def __init__(self, last: int = -1) -> None:
        super().__init__()
        self.last, self.looks = last, 0

    def stop_requested(self) -> bool:
        self.looks += 1
        if self.looks == self.last:
            self.cancel()
        return super().stop_requested()
