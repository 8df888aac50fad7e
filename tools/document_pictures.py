"""Takes the pictures of the window that the documents show, anew: ``make screenshots``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rnnstudio.core import language
from rnnstudio.ui.application import make_application
from rnnstudio.ui.screenshots.pictures import Pose, take_picture
from rnnstudio.ui.translator import speak

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
_TABS = {
    "inspector": "inspector-desk",
    "dinosaurs": "names-desk",
    "stocks": "shares-verdict",
    "lesson": "lesson",
}
PICTURES = {
    **_TABS,
    "find-my-bug": "find-my-bug",
    "walk": "shares-walk",
    "search": "shares-search",
    "lies-scaler": "shares-leak-scaler",
    "lies-shuffle": "shares-leak-shuffle",
    "lies-test": "shares-leak-test",
    "lies-smooth": "shares-leak-smooth",
    "lies-walk": "shares-leak-walk",
}
"""The state that each picture shows, by the picture's name."""
IN_INDONESIAN = {f"{name}-id": state for name, state in _TABS.items()}
"""The same for the pictures of the Indonesian README."""


def main() -> None:
    """Take all, or those that are named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    pictures = PICTURES | IN_INDONESIAN
    for name in sys.argv[1:] or pictures:
        language.choose("id" if name in IN_INDONESIAN else "en")
        speak(app)
        path = FOLDER / f"{name}.png"
        if not take_picture(app, pictures[name], Pose()).save(str(path)):
            raise SystemExit(f"{path} could not be written")
        print(path, flush=True)


if __name__ == "__main__":
    main()
