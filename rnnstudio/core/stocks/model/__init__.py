"""The network that forecasts: its settings, scaling, training, roll-out and intervals."""
