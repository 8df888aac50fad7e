"""One forecast of RNN Studio, written out in NumPy: prices, network, training, test.

It needs Python 3, NumPy and the file of prices beside it. It prints the settings, the loss of every
epoch, and the errors on the test span beside those that the application had; it says whether they
agree, and writes the forecast of every test day into a file.

The symbols are the paper's, such as xt, a_prev and a_next; n_x inputs, n_a units, T_x days in a
window, m examples in a batch. Arrays over a window are (T_x, rows, m).
"""

import csv
import math
import sys
from pathlib import Path

#: if one thread
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # small products; to be said before NumPy is imported

#: end
import numpy as np
