"""The connection to a Dask scheduler: made, or refused in a sentence, and closed."""

from __future__ import annotations

import logging
import socket
import warnings
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from rnnstudio.core.errors import UserError

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 1.0


def connect(address: str) -> Client:
    """A client of the scheduler at ``address``.

    Raises UserError when the package is missing, ``address`` is invalid, or nothing answers there.
    """
    parts = _parts(address)
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise UserError(
            "A Dask cluster needs the package distributed, which is not installed here: "
            'pip install "rnnstudio[cluster]"'
        ) from error
    # Dask's own log stays off the terminal: what it has to say reaches us as exceptions.
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        _knock(parts)
        with warnings.catch_warnings():
            # Differences are reported by require_same_versions.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            return _started(Client, address)
    except OSError as error:
        raise UserError(
            "There is no scheduler at {address}; start one with `dask scheduler` and give the "
            "address that it prints.",
            address=address,
        ) from error
    except Exception as error:  # a foreign protocol may lead to anything
        raise UserError(
            "The scheduler at {address} runs another version of distributed, or another program; "
            "this machine has {version}. Install the same version on both.",
            address=address,
            version=version("distributed"),
        ) from error


def _parts(address: str) -> SplitResult:
    """The address in parts; raises UserError when it is not like tcp://127.0.0.1:8786."""
    with suppress(ValueError):  # invalid brackets or port
        parts = urlsplit(address)
        if parts.scheme in ("tcp", "tls") and parts.hostname and parts.port:
            return parts
    raise UserError(
        "{address!r} is no address of a scheduler; it would look like tcp://127.0.0.1:8786.",
        address=address,
    )


def _knock(parts: SplitResult) -> None:
    """Raise OSError when nothing listens there or nothing answers: Dask would wait for ever.

    A Dask scheduler speaks first, but not where the line is encrypted.
    """
    with socket.create_connection((parts.hostname, parts.port), CONNECT_SECONDS) as line:
        if parts.scheme == "tcp" and not line.recv(1):
            raise ConnectionError


def _started(kind: type[Client], address: str) -> Client:
    """A connected client of this kind; one that does not connect is closed, with its thread."""

    class Closing(kind):  # type: ignore[misc]  # known where it is needed only
        def start(self, **settings: Any) -> None:
            try:
                super().start(**settings)
            except BaseException:
                close(self)
                raise

    return Closing(address, timeout=CONNECT_SECONDS, set_as_default=False)


def close(client: Client) -> None:
    """Close the connection, also to a scheduler that does not answer any more."""
    with suppress(TimeoutError):
        client.close(timeout=CLOSE_SECONDS)
