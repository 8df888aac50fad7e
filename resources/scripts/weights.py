# 3. The network


def glorot_uniform(rows, columns, rng):
    """Uniform numbers, the smaller the more inputs and outputs a matrix has."""
    limit = np.sqrt(6 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns))


def orthogonal(rows, columns, rng):
    """Random rows of length 1, each at right angles to all others."""
    q, r = np.linalg.qr(rng.standard_normal((columns, rows)))
    return (q * np.sign(np.diag(r))).T
