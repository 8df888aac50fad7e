"""The home page of the inspector: the cell, the steps, the card at the box."""
