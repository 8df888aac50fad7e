"""Whether a cluster has the versions that this machine has: else its numbers would differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

if TYPE_CHECKING:
    from distributed import Client

_PACKAGES = {
    "python": "Python",
    "rnnstudio": "RNN Studio",
    "numpy": "NumPy",
    "dask": "Dask",
    "distributed": "distributed",
}
_SHOWN = 3


def require_same_versions(client: Client) -> None:
    """Raise UserError that says who has which version, if the cluster's are not all ours.

    The scheduler is held to it as well: it unpacks what it passes on.
    """
    found: Any = client.get_versions(packages=["rnnstudio"])
    ours = found["client"]["packages"]
    wrong = _differences(Message("the scheduler"), found["scheduler"]["packages"], ours)
    for address, worker in sorted(found["workers"].items()):
        who = Message("the worker {address}", {"address": address})
        wrong += _differences(who, worker["packages"], ours)
    if wrong:
        raise UserError(
            "The cluster has other versions: {differences}. Install the same everywhere.",
            differences=_listed(wrong),
        )


def _differences(who: Message, theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[Message]:
    found = []
    for package, name in _PACKAGES.items():
        has, wanted = _shown(package, theirs), _shown(package, ours)
        values = {"who": who, "package": name, "version": has, "wanted": wanted}
        if has and has != wanted:
            found.append(Message("{who} has {package} {version} and this machine {wanted}", values))
        elif has != wanted:
            found.append(Message("{who} has no {package}", values))
    return found


def _listed(differences: Sequence[Message]) -> Message:
    """The first few, and how many more there are."""
    listed = differences[0]
    for each in differences[1:_SHOWN]:
        listed = Message("{listed}; {next}", {"listed": listed, "next": each})
    if len(differences) > _SHOWN:
        values = {"listed": listed, "more": len(differences) - _SHOWN}
        return Message("{listed}; and {more} more", values)
    return listed


def _shown(package: str, versions: Mapping[str, str | None]) -> str | None:
    """The version as it counts: of Python the first two parts."""
    version = versions.get(package)
    if version is None or package != "python":
        return version
    return ".".join(version.split(".")[:2])
