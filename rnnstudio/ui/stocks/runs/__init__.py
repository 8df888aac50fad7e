"""The page of runs: kept, named, compared, saved."""
