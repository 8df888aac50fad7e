"""Both themes can be read, and the chosen one is remembered."""

import re
import subprocess
import sys

import pytest
from PySide6.QtGui import QAction, QColor
from pytestqt.qtbot import QtBot

from rnnstudio.paths import resource_file
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.theme import DARK, LIGHT, Theme, is_dark
from rnnstudio.ui.widgets.heat import luminance

TEXTS = [
    ("text", "window"),
    ("text", "panel"),
    ("text", "accent_soft"),
    ("text", "glow"),
    ("muted", "window"),
    ("muted", "panel"),
    ("accent_text", "accent"),
    ("accent", "panel"),
    ("error", "error_soft"),
    ("error", "panel"),
    ("good", "panel"),
    ("training", "panel"),
]
CURVES = ["truth", "forecast", "persistence", "training", "loss", "held_out_loss"]


def contrast(theme: Theme, one: str, other: str) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines, 1 to 21."""
    light, dark = sorted(
        (luminance(QColor(getattr(theme, name))) for name in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_that_text_can_be_read_on_its_ground(theme: Theme, text: str, ground: str) -> None:
    assert contrast(theme, text, ground) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("curve", CURVES)
def test_that_a_curve_stands_out_from_its_chart(theme: Theme, curve: str) -> None:
    assert contrast(theme, curve, "panel") >= 3


def test_that_the_choice_of_dark_colours_is_remembered_for_the_next_start(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    (dark,) = (a for a in window.findChildren(QAction) if a.text() == "&Dark colours")
    assert not dark.isChecked()
    dark.trigger()
    assert is_dark()
    assert "next start" in window.statusBar().currentMessage()
    dark.trigger()
    assert not is_dark()
    window.close()


def test_that_a_start_takes_the_colours_that_were_chosen(tmp_path) -> None:
    script = (
        "import sys; from PySide6.QtCore import QSettings as Q;"
        "Q.setPath(Q.Format.NativeFormat, Q.Scope.UserScope, sys.argv[1]);"
        "Q('RNN Studio', 'RNN Studio').setValue('dark', True);"
        "from rnnstudio.ui.theme import DARK, THEME; sys.exit(THEME is not DARK)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == 0


def test_that_a_report_has_the_window_s_colours_light_and_dark() -> None:
    style = resource_file("templates/report.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    assert light.keys() == dark.keys()
    assert light == {name: getattr(LIGHT, name) for name in light}
    assert dark == {name: getattr(DARK, name) for name in dark}
    assert set(re.findall(r"var\(--(\w+)\)", style)) == light.keys()
