"""What a forecast is worth on a test span: baselines, metrics, uncertainty, leakage checks."""
