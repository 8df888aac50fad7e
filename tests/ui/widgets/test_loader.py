"""Files are read in a worker, one at a time, and every one ends in a result or a sentence."""

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.ui.widgets.loader import Loader


def test_that_a_file_is_read_outside_the_windows_thread(qtbot: QtBot, tmp_path: Path) -> None:
    loader, window = Loader(), threading.get_native_id()
    with qtbot.waitSignal(loader.loaded) as loaded:
        loader.load(tmp_path, lambda _: (threading.get_native_id(),))
    assert loaded.args[0] != (window,)


def test_when_a_file_is_refused_its_sentence_comes(qtbot: QtBot, tmp_path: Path) -> None:
    def read(path: Path) -> object:
        raise UserError("{path} is no model.", path=path.name)

    loader = Loader()
    with qtbot.waitSignal(loader.refused) as refused:
        loader.load(tmp_path / "a.keras", read)
    assert refused.args == ["a.keras is no model."]


def test_when_a_file_is_still_being_read_the_next_one_waits(qtbot: QtBot, tmp_path: Path) -> None:
    loader, go_on = Loader(), threading.Event()
    loader.load(tmp_path / "slow.keras", lambda _: go_on.wait(30))
    with qtbot.waitSignal(loader.refused) as refused:
        loader.load(tmp_path / "next.keras", lambda _: None)
    assert refused.args[0].startswith("slow.keras is still being read")
    with qtbot.waitSignal(loader.loaded):
        go_on.set()
