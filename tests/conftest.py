"""What every test gets: no screen, a home of its own, and a check that it leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import leaks

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
HOME = Path(tempfile.mkdtemp(prefix="rnnstudio-tests-"))
HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Without Qt there is no pytest-qt: its settings in pyproject.toml are known all the same."""
    if not leaks.HAS_QT:
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "setting of pytest-qt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/core, which ``make test`` runs in an environment without Qt."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "core"):
            item.add_marker("core")


def pytest_configure() -> None:
    """Set up what must stand before Qt is started."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update({name: str(HOME) for name in HOME_VARIABLES})
    settings.register_profile(  # neither a slow machine nor an unlucky draw decides a test
        "studio", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("studio")
    leaks.remember_makers()


def pytest_unconfigure() -> None:
    """Remove the home that the tests had."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, timer, child process or window behind, and name it."""
    before = leaks.standing()
    yield
    left = leaks.left_behind(before)
    if left:
        pytest.fail("The test left behind:\n" + "\n".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give each test empty settings, so that no test sees another's or the user's."""
    if not leaks.HAS_QT:
        yield
        return
    from PySide6.QtCore import QSettings

    folder = tmp_path_factory.mktemp("settings")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(folder))
    yield


@pytest.fixture
def shared_data() -> Callable[[str], Path]:
    """Return the path of a file of real data by its name; skip the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.is_file():
            pytest.skip(f"{name} is not in ../shared/data")
        return path

    return find
