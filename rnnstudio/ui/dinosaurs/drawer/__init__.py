"""The sections of the generator's drawer."""
