"""The home page of the generator: the names, the loss, the next letter, the training's bar."""
