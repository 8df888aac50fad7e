"""Takes this process' rights away for good, so that what runs in it afterwards may only compute."""

from __future__ import annotations

import os
import site
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any

FILE_NAME = "student_file.py"
"""What the stranger's code is compiled as."""
MEMORY = 2**30
"""Bytes that may be taken besides what the process has when it loses its rights."""
_MOST_FILES = 64
_REFUSED = (
    *("socket.", "ssl.", "ftplib.", "http.", "urllib.", "smtplib.", "imaplib.", "poplib."),
    *("nntplib.", "telnetlib.", "webbrowser.", "subprocess.", "pty.", "ctypes.", "shutil."),
    *("tempfile.", "sqlite3.", "winreg.", "msvcrt.", "_winapi.", "syslog.", "mmap.", "resource."),
    *("os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.kill"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink"),
    *("os.chmod", "os.chown", "os.lchmod", "os.chflags", "os.utime", "os.setxattr", "os.chdir"),
    *("os.removexattr", "os.putenv", "os.unsetenv", "os.lockf", "fcntl.", "signal.", "gc."),
    *("sys.addaudithook", "sys.setprofile", "sys.settrace", "code.__new__"),
)
"""The beginnings of the names of the audit events (PEP 578) that are refused."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_READS = ("os.listdir", "os.scandir")
_WITHOUT_EVENT = ("mkfifo", "mknod")
"""What would make files and raises no audit event."""


@dataclass
class Refusals:
    """The first thing that was refused: the name of its event and the line of the file."""

    first: tuple[str, int] | None = None


def take_rights_away(folder: str, seconds: float) -> Refusals:
    """Confine this process to computing, in the empty ``folder``, for about so many seconds.

    Gives where refusals will be noted. What cannot be had on this system is left out.
    """
    os.chdir(folder)
    os.environ.clear()
    sys.dont_write_bytecode = True
    for module, name in product((os, sys.modules[os.name]), _WITHOUT_EVENT):
        if hasattr(module, name):
            delattr(module, name)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdin = sys.stdout = sys.stderr = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 - for ever
    _limit_resources(seconds)
    refusals = Refusals()
    sys.addaudithook(_hook(refusals, folder))
    return refusals


def _limit_resources(seconds: float) -> None:
    try:
        resource = import_module("resource")
    except ImportError:  # Windows
        return
    processor = int(seconds) + 5
    limits = {
        "RLIMIT_AS": _memory_now() + MEMORY,
        "RLIMIT_CPU": processor,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": _MOST_FILES,
        "RLIMIT_CORE": 0,
    }
    for name, limit in limits.items():
        with suppress(AttributeError, ValueError, OSError):  # not on this system
            resource.setrlimit(getattr(resource, name), (limit, limit))


def _memory_now() -> int:
    """Bytes of address space that this process has; a guess where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 4 * MEMORY
    return pages * os.sysconf("SC_PAGE_SIZE")


def _hook(refusals: Refusals, folder: str) -> Any:
    roots = [*sys.path, sys.prefix, sys.base_prefix, folder, *site.getsitepackages()]
    readable = tuple(os.path.realpath(root) + os.sep for root in roots if root)

    def refuse(event: str) -> None:
        if refusals.first is None:
            refusals.first = (event, _line())
        raise PermissionError(f"{event} is refused: this file may only compute")

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & _WRITING)
            if writes or not _readable(path, readable):
                refuse("open")
        elif event in _READS:
            if not _readable(args[0], readable):
                refuse(event)
        elif event.startswith(_REFUSED):
            refuse(event)

    return hook


def _readable(path: Any, readable: tuple[str, ...]) -> bool:
    if isinstance(path, int):
        return False
    whole = os.path.realpath(os.fsdecode(path))
    return (whole + os.sep).startswith(readable)


def _line() -> int:
    """The line of the stranger's file that is being run; 0 if none is."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to see who calls
    while frame is not None:
        if frame.f_code.co_filename == FILE_NAME:
            return frame.f_lineno
        frame = frame.f_back
    return 0
