"""Runs tests under each of OpenBLAS's kernels: what they say must not depend on the processor.

``python tools/kernels.py [pytest's arguments]``. NumPy's products come from OpenBLAS, which chooses
its kernels by the processor; their results differ in the last digits, and a training that is
chaotic makes other numbers of them. A kernel that this machine cannot run is named and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

KERNELS = ("Nehalem", "Haswell", "Zen", "SkylakeX")
"""Of processors without AVX, with AVX2, of AMD's, and with AVX-512."""
_TRIAL = """
import numpy as np, threadpoolctl
a = np.linspace(0, 1, 40_000).reshape(200, 200)
for dtype in (np.float32, np.float64):
    b = a.astype(dtype)
    assert np.isfinite(b @ b).all() and np.isfinite(b @ b[0]).all()
print(*{each.get("architecture", "") for each in threadpoolctl.threadpool_info()})
"""


def taken(kernel: str) -> str:
    """The kernels that OpenBLAS takes when asked for ``kernel``, and computes with; "" if none."""
    tried = subprocess.run(
        [sys.executable, "-c", _TRIAL],
        env=_environment(kernel),
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if tried.returncode else tried.stdout.strip()


def main(arguments: Sequence[str]) -> int:
    """Run pytest under every kernel there is; 0 if it passed under each, and there was one."""
    outcomes: dict[str, str] = {}
    for kernel in KERNELS:
        really = taken(kernel)
        if really == kernel:
            print(f"Tests with OpenBLAS's kernels for {kernel}:", flush=True)
            command = [sys.executable, "-m", "pytest", *arguments]
            done = subprocess.run(command, env=_environment(kernel), check=False)
            outcomes[kernel] = "failed" if done.returncode else "passed"
        elif outcomes.get(really) in ("passed", "failed"):
            outcomes[kernel] = f"as {really}, whose kernels this NumPy takes for it"
        else:
            outcomes[kernel] = "left out: this machine, or its NumPy, cannot run it"
    for kernel, outcome in outcomes.items():
        print(f"{kernel}: {outcome}")
    found = set(outcomes.values())
    return 0 if "passed" in found and "failed" not in found else 1


def _environment(kernel: str) -> dict[str, str]:
    return {**os.environ, "OPENBLAS_CORETYPE": kernel}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
