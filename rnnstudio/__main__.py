"""``python -m rnnstudio``: the window, or a command without one. Imports nothing heavy."""

import sys


def main() -> int:
    """Entry point of the scripts and of the frozen application; gives the exit status."""
    try:
        return _main()
    except KeyboardInterrupt:  # in the milliseconds before there is a handler for it
        print("rnnstudio: Stopped.", file=sys.stderr)  # noqa: T201
        return 130


def _main() -> int:
    # All imports are late: they take longer than it takes to think better of it.
    from rnnstudio.cli import stopping  # noqa: PLC0415

    # Before any other import: within one, Python may drop the exception of a Ctrl+C.
    if "--multiprocessing-fork" not in sys.argv:
        stopping.end_at_once()
    from rnnstudio.cli import streams  # noqa: PLC0415

    streams.prepare()
    import multiprocessing  # noqa: PLC0415

    # In a frozen application the Keras child starts here, too: this turns it into the child.
    multiprocessing.freeze_support()
    from rnnstudio.cli.main import run  # noqa: PLC0415

    status = run(sys.argv[1:])
    stopping.end_at_once()
    return status


if __name__ == "__main__":
    sys.exit(main())
