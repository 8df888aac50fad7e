"""The fast engine: recurrent models in NumPy, batched, fused and preallocated."""
