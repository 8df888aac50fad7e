"""Computation: never Qt, and TensorFlow only in ``keras_engine``."""
