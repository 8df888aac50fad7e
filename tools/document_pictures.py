"""Takes the pictures of the window that the documents show, anew: ``make screenshots``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rnnstudio.ui.application import make_application
from rnnstudio.ui.screenshots.pictures import Pose, take_picture

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
PICTURES = {
    "inspector": "inspector-desk",
    "find-my-bug": "find-my-bug",
    "dinosaurs": "names-desk",
    "stocks": "shares-verdict",
    "walk": "shares-walk",
    "search": "shares-search",
    "lies-scaler": "shares-leak-scaler",
    "lies-shuffle": "shares-leak-shuffle",
    "lies-test": "shares-leak-test",
    "lies-smooth": "shares-leak-smooth",
    "lies-walk": "shares-leak-walk",
}
"""The state that each picture shows, by the picture's name."""


def main() -> None:
    """Take all, or those that are named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    for name in sys.argv[1:] or PICTURES:
        path = FOLDER / f"{name}.png"
        if not take_picture(app, PICTURES[name], Pose()).save(str(path)):
            raise SystemExit(f"{path} could not be written")
        print(path, flush=True)


if __name__ == "__main__":
    main()
