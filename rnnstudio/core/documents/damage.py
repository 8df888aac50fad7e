"""Damaged files: what reading them raises, and the sentence that names the file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message


class DamageError(ValueError):
    """Something in a file does not fit; ``what`` says what."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ValueError,
)
"""What reading raises when bytes, members, arrays or fields are not what they should be.

``DamageError`` and msgspec's errors are among them, as ValueErrors.
"""


def require(fits: bool, what: Message) -> None:
    """Raise DamageError that says ``what`` unless it ``fits``."""
    if not fits:
        raise DamageError(what)


@contextmanager
def from_stranger(path: Path) -> Iterator[None]:
    """Turn what reading a damaged file raises into a UserError that names it."""
    try:
        yield
    except DAMAGE as error:
        misshapen = Message("a part is missing or misshapen")
        raise UserError(
            "{path} is damaged or was made by another program ({what}); choose another file.",
            path=path.name,
            what=error.what if isinstance(error, DamageError) else misshapen,
        ) from error
