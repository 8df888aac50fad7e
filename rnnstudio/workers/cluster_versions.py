"""Whether a cluster has the versions that this machine has: else its numbers would differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rnnstudio.core.errors import UserError

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
    wrong = _differences("the scheduler", found["scheduler"]["packages"], ours)
    for address, worker in sorted(found["workers"].items()):
        wrong += _differences(f"the worker {address}", worker["packages"], ours)
    if wrong:
        more = [f"and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
        raise UserError(
            "The cluster has other versions: {value}. Install the same everywhere.",
            value="; ".join([*wrong[:_SHOWN], *more]),
        )


def _differences(who: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    pairs = {
        name: (_shown(package, theirs), _shown(package, ours))
        for package, name in _PACKAGES.items()
    }
    return [
        f"{who} has {name} {has} and this machine {wanted}" if has else f"{who} has no {name}"
        for name, (has, wanted) in pairs.items()
        if has != wanted
    ]


def _shown(package: str, versions: Mapping[str, str | None]) -> str | None:
    """The version as it counts: of Python the first two parts."""
    version = versions.get(package)
    if version is None or package != "python":
        return version
    return ".".join(version.split(".")[:2])
