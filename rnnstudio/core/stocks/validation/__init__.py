"""Walk-forward validation and hyperparameter search over one or many files, in parallel."""
