"""The engine's models in Keras, and weights both ways; trained in a child process only."""
