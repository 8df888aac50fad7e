"""The cell inspector: every number of a recurrent cell, forward and backward."""
