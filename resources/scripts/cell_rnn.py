def layer_forward(x, W):
    """The hidden states a (T_x, n_a, m) for x (T_x, n_x, m), and what the way back needs.

    W is [Waa, Wax, ba] side by side.
    """
    n_a, m = len(W), x.shape[-1]
    a_prev, one = np.zeros((n_a, m), np.float32), np.ones((1, m), np.float32)
    a, tape = [], []
    for xt in x:
        concat = np.vstack([a_prev, xt, one])
        a_next = np.tanh(W @ concat)
        a.append(a_next)
        tape.append((concat, a_next))
        a_prev = a_next
    return np.stack(a), tape


#: if several layers
def layer_backward(da, tape, W, first):
    """The gradients of W and x from da (T_x, n_a, m); the first layer's x needs none."""
    n_a, T_x = len(W), len(tape)
    W_back = W[:, :n_a].T if first else W[:, :-1].T
    da_next = 0
    dz, dx = [None] * T_x, [None] * T_x
    for t in reversed(range(T_x)):
        _, a_next = tape[t]
        dz[t] = (1 - a_next * a_next) * (da[t] + da_next)
        dconcat = W_back @ dz[t]
        da_next, dx[t] = dconcat[:n_a], dconcat[n_a:]
    return weight_gradient(dz, [step[0] for step in tape]), np.stack(dx)


#: else
def layer_backward(da, tape, W):
    """The gradient of W from da (n_a, m), that of the last hidden state."""
    n_a, T_x = len(W), len(tape)
    dz = [None] * T_x
    for t in reversed(range(T_x)):
        _, a_next = tape[t]
        dz[t] = (1 - a_next * a_next) * da
        da = W[:, :n_a].T @ dz[t]
    return weight_gradient(dz, [step[0] for step in tape])


#: end
def layer_weights(n_x, rng):
    """A layer's first weights, drawn as Keras draws them."""
    Wax = glorot_uniform(n_x, UNITS, rng).T
    Waa = orthogonal(UNITS, UNITS, rng).T
    return np.hstack([Waa, Wax, np.zeros((UNITS, 1))]).astype(np.float32)
