"""Whether a window may close: what would be lost, and what still has to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.ui.shell.session_files import SessionFiles
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.widgets.asking import Button, ask
from rnnstudio.workers.run import Runner

_STOP_SECONDS = 1.0


class WindowClosing(QObject):
    """Asks before work is lost; ``unsaved`` gives that which is in no session."""

    def __init__(
        self,
        window: QMainWindow,
        studio: Studio,
        files: SessionFiles,
        unsaved: Callable[[], Sequence[Message]],
    ) -> None:
        super().__init__(window)
        self._window, self._studio, self._files, self._unsaved = window, studio, files, unsaved
        self.unasked = False
        """Whether what is not saved may be lost without a question."""

    def may_lose_work(self) -> bool:
        """Whether nothing is lost, or a person says that it may be.

        Who wants it saved is asked for a place, and the window closes by itself once it is saved.
        """
        work = self._unsaved()
        if self.unasked or not (self._studio.unsaved or work):
            return True
        pressed = ask(
            self._window,
            self.tr("Close RNN Studio?"),
            self._lost(work),
            Button.Save | Button.Discard | Button.Cancel,
            Button.Save,
        )
        if pressed == Button.Save:
            self.unasked = self._files.save_and(self._window.close)
            return False
        return pressed == Button.Discard

    def stop_work(self) -> bool:
        """Ask all work to stop and wait a little; whether it has stopped."""
        runners = self._window.findChildren(Runner)
        for runner in runners:
            runner.cancel()
        deadline = time.monotonic() + _STOP_SECONDS
        return all(
            runner.shutdown(max(0, int(1000 * (deadline - time.monotonic())))) for runner in runners
        )

    def _lost(self, work: Sequence[Message]) -> str:
        """What closing would lose, a sentence each."""
        sentences = list(map(language.text, work))
        if self._studio.unsaved:
            text = self.tr("{0} has changes that are in no file.")
            sentences.append(language.filled(text, self._files.name))
        return " ".join(sentences)
