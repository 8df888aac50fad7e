"""Makes data/cells/last-capital.npz: the trained cells of "Remember the last capital".

Run it with ``python data/make_cells.py`` where the package ``rnnstudio`` can be imported; it takes
about ten seconds and draws everything from its own seeds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rnnstudio.core.cells.last_capital import SHIPPED
from rnnstudio.core.cells.last_capital_training import all_trained

if __name__ == "__main__":
    file = Path(__file__).resolve().parent / SHIPPED
    file.parent.mkdir(exist_ok=True)
    np.savez(file, **all_trained())
