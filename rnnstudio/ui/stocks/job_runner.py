"""Starts the jobs of a page that shares resources with other pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.ui.running import RunEvent
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.jobs import Jobs, Resource
from rnnstudio.workers.run import MakeTraining

Asked = TypeVar("Asked")
"""The page's event for a start."""


class JobRunner(BarRunner, Generic[Asked]):
    """A ``BarRunner`` whose runs claim from ``jobs`` what they need.

    ``take`` gets the page's event for a start as well, ``refuse`` the sentence of the job that has
    what is needed.
    """

    def __init__(
        self,
        jobs: Jobs,
        bar: RunBar,
        take: Callable[[RunEvent | Asked], None],
        refuse: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(bar, take, parent)
        self._jobs = jobs
        self._begun = take
        self._refuse = refuse

    def begin(
        self, asked: Asked, make: MakeTraining, sentence: str, needs: tuple[Resource, ...]
    ) -> bool:
        """Take ``asked`` and start the run, if all that it ``needs`` is free; whether it was.

        ``sentence`` is what the other pages say while they have to wait for it.
        """
        try:
            claim = self._jobs.claim(sentence, *needs)
        except UserError as error:
            self._refuse(language.text(error.message))
            return False
        self._begun(asked)
        self.start(make, claim)
        return True
