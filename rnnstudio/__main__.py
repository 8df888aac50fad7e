"""``python -m rnnstudio``: the window, or a headless command. Imports nothing heavy."""

import multiprocessing
import sys

from rnnstudio.cli.main import run


def main() -> int:
    """Entry point of the scripts and of the frozen application; gives the exit status."""
    # In a frozen application the Keras child starts here, too: this turns it into the child.
    multiprocessing.freeze_support()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
