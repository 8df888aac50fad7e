"""The dinosaur generator: a network learns to make names while one looks on."""
