"""Four demonstrations of leakage, and a random walk.

Only this package makes leaky training data; training and evaluation are the normal code.
"""
