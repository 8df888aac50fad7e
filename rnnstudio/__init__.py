"""RNN Studio: recurrent networks taught, tried and understood."""

__version__ = "0.1.0"
