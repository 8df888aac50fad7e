"""The page of lies: an honest network, lying ones and a walk, side by side."""
