"""What keeps a forecast honest: baselines beside it, intervals around it, doubts about it."""
