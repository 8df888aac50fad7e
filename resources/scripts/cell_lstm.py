def sigmoid(z):
    """1 / (1 + exp(-z)), by way of tanh."""
    return 0.5 * np.tanh(0.5 * z) + 0.5


def layer_forward(x, W):
    """The hidden states a (T_x, n_a, m) for x (T_x, n_x, m), and what the way back needs.

    W is [Wc; Wf; Wi; Wo], one gate above the other, with the biases as its last column.
    """
    n_a, m = len(W) // 4, x.shape[-1]
    a_prev = c_prev = np.zeros((n_a, m), np.float32)
    one = np.ones((1, m), np.float32)
    a, tape = [], []
    for xt in x:
        concat = np.vstack([a_prev, xt, one])
        zc, zf, zi, zo = np.split(W @ concat, 4)
        cct, ft, it, ot = np.tanh(zc), sigmoid(zf), sigmoid(zi), sigmoid(zo)
        c_next = ft * c_prev + it * cct
        tanh_c = np.tanh(c_next)
        a_next = ot * tanh_c
        a.append(a_next)
        tape.append((concat, c_prev, cct, ft, it, ot, tanh_c, a_next))
        a_prev, c_prev = a_next, c_next
    return np.stack(a), tape


#: if several layers
def layer_backward(da, tape, W, first):
    """The gradients of W and x from da (T_x, n_a, m); the first layer's x needs none."""
    n_a, T_x = len(W) // 4, len(tape)
    W_back = W[:, :n_a].T if first else W[:, :-1].T
    da_next = dc_next = 0
    dz, dx = [None] * T_x, [None] * T_x
    for t in reversed(range(T_x)):
        dz[t], dc_next = cell_backward(da[t] + da_next, dc_next, tape[t])
        dconcat = W_back @ dz[t]
        da_next, dx[t] = dconcat[:n_a], dconcat[n_a:]
    return weight_gradient(dz, [step[0] for step in tape]), np.stack(dx)


#: else
def layer_backward(da, tape, W):
    """The gradient of W from da (n_a, m), that of the last hidden state."""
    n_a, T_x = len(W) // 4, len(tape)
    dc_next = 0
    dz = [None] * T_x
    for t in reversed(range(T_x)):
        dz[t], dc_next = cell_backward(da, dc_next, tape[t])
        da = W[:, :n_a].T @ dz[t]
    return weight_gradient(dz, [step[0] for step in tape])


#: end
def cell_backward(da, dc_next, step):
    """From da and dc_next, those of a_next and c_next, the gradients of W @ concat and c_prev."""
    _, c_prev, cct, ft, it, ot, tanh_c, a_next = step
    dc = (ot - a_next * tanh_c) * da + dc_next  # ot (1 - tanh_c^2), as a_next = ot tanh_c
    dzc = (it - cct * (it * cct)) * dc  # it (1 - cct^2)
    dzf = c_prev * ft * (1 - ft) * dc
    dzi = it * cct * (1 - it) * dc
    dzo = a_next * (1 - ot) * da  # tanh_c ot (1 - ot)
    return np.vstack([dzc, dzf, dzi, dzo]), ft * dc


def layer_weights(n_x, rng):
    """A layer's first weights, drawn as Keras draws them: gates i, f, c, o, forget bias 1."""
    Wx = glorot_uniform(n_x, 4 * UNITS, rng).T
    Wa = orthogonal(UNITS, 4 * UNITS, rng).T
    b = np.repeat([0, 1, 0, 0], UNITS)[:, np.newaxis]
    Wi, Wf, Wc, Wo = np.split(np.hstack([Wa, Wx, b]), 4)
    return np.vstack([Wc, Wf, Wi, Wo]).astype(np.float32)
