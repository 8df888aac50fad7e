def sigmoid(z):
    """1 / (1 + exp(-z)), by way of tanh."""
    return 0.5 * np.tanh(0.5 * z) + 0.5


def parts(W):
    """Wx, for [xt; 1], and Wa, for [a_prev; 1], which stand side by side in W.

    Wx is [Wcx; Wzx; Wrx] and Wa is [Wza; Wra; Wca], each with its biases as its last column.
    """
    n_a = len(W) // 3
    return W[:, : -n_a - 1], W[:, -n_a - 1 :]


def layer_forward(x, W):
    """The hidden states a (T_x, n_a, m) for x (T_x, n_x, m), and what the way back needs."""
    (Wx, Wa), n_a, m = parts(W), len(W) // 3, x.shape[-1]
    a_prev, one = np.zeros((n_a, m), np.float32), np.ones((1, m), np.float32)
    a, tape = [], []
    for xt in x:
        x_one, a_one = np.vstack([xt, one]), np.vstack([a_prev, one])
        cx, zx, rx = np.split(Wx @ x_one, 3)
        za, ra, ca = np.split(Wa @ a_one, 3)
        zt, rt = sigmoid(za + zx), sigmoid(ra + rx)
        cct = np.tanh(rt * ca + cx)
        a_next = zt * (a_prev - cct) + cct  # zt a_prev + (1 - zt) cct
        a.append(a_next)
        tape.append((x_one, a_one, a_prev, zt, rt, ca, cct))
        a_prev = a_next
    return np.stack(a), tape


#: if several layers
def layer_backward(da, tape, W, first):
    """The gradients of W and x from da (T_x, n_a, m); the first layer's x needs none."""
    (Wx, Wa), T_x = parts(W), len(tape)
    da_next = 0
    dzx, dza, dx = [None] * T_x, [None] * T_x, [None] * T_x
    for t in reversed(range(T_x)):
        dzx[t], dza[t], kept = cell_backward(da[t] + da_next, tape[t])
        da_next = Wa[:, :-1].T @ dza[t] + kept
        dx[t] = None if first else Wx[:, :-1].T @ dzx[t]
    return weight_gradients(dzx, dza, tape), None if first else np.stack(dx)


#: else
def layer_backward(da, tape, W):
    """The gradient of W from da (n_a, m), that of the last hidden state."""
    (_, Wa), T_x = parts(W), len(tape)
    dzx, dza = [None] * T_x, [None] * T_x
    for t in reversed(range(T_x)):
        dzx[t], dza[t], kept = cell_backward(da, tape[t])
        da = Wa[:, :-1].T @ dza[t] + kept
    return weight_gradients(dzx, dza, tape)


#: end
def cell_backward(da, step):
    """From da, that of a_next, the gradients of Wx @ [xt; 1], Wa @ [a_prev; 1] and a_prev alone."""
    _, _, a_prev, zt, rt, ca, cct = step
    to_c = (1 - cct * cct) * (1 - zt)
    dzc = to_c * da
    dzz = zt * ((1 - zt) * (a_prev - cct)) * da
    dzr = (1 - rt) * ca * (to_c * rt) * da
    dza_c = to_c * rt * da
    return np.vstack([dzc, dzz, dzr]), np.vstack([dzz, dzr, dza_c]), zt * da


def weight_gradients(dzx, dza, tape):
    """The gradients of Wx and Wa side by side, as they stand in W."""
    dWx = weight_gradient(dzx, [step[0] for step in tape])
    dWa = weight_gradient(dza, [step[1] for step in tape])
    return np.hstack([dWx, dWa])


def layer_weights(n_x, rng):
    """A layer's first weights, drawn as Keras draws them: gates z, r, c, all biases 0."""
    Wzx, Wrx, Wcx = np.split(glorot_uniform(n_x, 3 * UNITS, rng).T, 3)
    Wa = orthogonal(UNITS, 3 * UNITS, rng).T
    b = np.zeros((3 * UNITS, 1))
    return np.hstack([np.vstack([Wcx, Wzx, Wrx]), b, Wa, b]).astype(np.float32)
