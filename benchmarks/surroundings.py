"""On what a benchmark ran: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import threadpoolctl

SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Where these are set, OpenBLAS does not choose the kernels of the processor it runs on."""


def surroundings() -> dict[str, Any]:
    """Processor, versions, and NumPy's BLAS with its kernel and its threads."""
    found = {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "BLAS": _blas(),
    }
    set_here = [f"{name}={os.environ[name]}" for name in SLOWING if name in os.environ]
    return found | ({"set": " ".join(set_here)} if set_here else {})


def installed(package: str) -> bool:
    """Whether the package is installed; it is not imported."""
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _blas() -> str:
    pools = [pool for pool in threadpoolctl.threadpool_info() if "numpy" in pool["filepath"]]
    return "; ".join(
        f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')} "
        f"x{pool['num_threads']}"
        for pool in pools
    )
