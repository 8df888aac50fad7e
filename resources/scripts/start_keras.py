"""One forecast of RNN Studio, written out in Keras: prices, network, training, test.

It needs Python 3, NumPy, Keras 3 with TensorFlow, and the file of prices beside it. It prints the
settings, the loss of every epoch, and the errors on the test span beside those that the application
had; it says whether they agree, and writes the forecast of every test day into a file.

n_x inputs, T_x days in a window, m examples in a batch: what the network sees is (m, T_x, n_x).
"""

import csv
import math
import os
import sys
from pathlib import Path

import numpy as np

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="2")
import keras
import tensorflow as tf
