def sigmoid(z):
    """1 / (1 + exp(-z)), by way of tanh."""
    return 0.5 * np.tanh(0.5 * z) + 0.5


def lstm_forward(x, W):
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
def lstm_backward(da, tape, W, first):
    """The gradients of W and x from da (T_x, n_a, m); the first layer's x needs none."""
    n_a, T_x = len(W) // 4, len(tape)
    W_back = W[:, :n_a].T if first else W[:, :-1].T
    da_next = dc_next = 0
    dz, dx = [None] * T_x, [None] * T_x
    for t in reversed(range(T_x)):
        dz[t], dc_next = cell_backward(da[t] + da_next, dc_next, tape[t])
        dconcat = W_back @ dz[t]
        da_next, dx[t] = dconcat[:n_a], dconcat[n_a:]
    return weight_gradient(dz, tape, W), np.stack(dx)


#: else
def lstm_backward(da, tape, W):
    """The gradient of W from da (n_a, m), that of the last hidden state."""
    n_a, T_x = len(W) // 4, len(tape)
    dc_next = 0
    dz = [None] * T_x
    for t in reversed(range(T_x)):
        dz[t], dc_next = cell_backward(da, dc_next, tape[t])
        da = W[:, :n_a].T @ dz[t]
    return weight_gradient(dz, tape, W)


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


def weight_gradient(dz, tape, W):
    """The sum of dz @ concat.T over the days, as many at once as the processor's cache holds."""
    dW, days = np.zeros_like(W), max(1, 2**15 // tape[0][-1].size)
    for start in reversed(range(0, len(dz), days)):
        concat = [step[0] for step in tape[start : start + days]]
        dW += np.hstack(dz[start : start + days]) @ np.hstack(concat).T
    return dW


#: if dropout
def dropout_mask(shape, rng):
    """0 for a share DROPOUT of the numbers, and for the others what makes up for it."""
    dropped = round(DROPOUT * 2**16)  # of 2^16 parts: 64 random bits serve four numbers
    size = math.prod(shape)
    bits = rng.bit_generator.random_raw(-(-size // 4)).view(np.uint16)[:size]
    return (bits.reshape(shape) >= dropped) * np.float32(2**16 / (2**16 - dropped))


#: end
def lstm_weights(n_x, rng):
    """A layer's first weights, drawn as Keras draws them: gates i, f, c, o, forget bias 1."""
    Wx = glorot_uniform(n_x, 4 * UNITS, rng).T
    Wa = orthogonal(UNITS, 4 * UNITS, rng).T
    b = np.repeat([0, 1, 0, 0], UNITS)[:, np.newaxis]
    Wi, Wf, Wc, Wo = np.split(np.hstack([Wa, Wx, b]), 4)
    return np.vstack([Wc, Wf, Wi, Wo]).astype(np.float32)


def dense_weights(rng):
    """The first weights of the output, [Wy, by] side by side."""
    return np.hstack([glorot_uniform(UNITS, 1, rng).T, [[0]]]).astype(np.float32)


class Network:
    #: if several layers
    """LSTM layers one upon the other; from the last hidden state y_pred = Wy a + by."""

    #: else
    """An LSTM layer; from its last hidden state y_pred = Wy a + by."""
    #: end

    def __init__(self):
        rng = np.random.default_rng(SEED)
        #: if several layers
        layers = [lstm_weights(n_x, rng) for n_x in [len(FEATURES)] + [UNITS] * (LAYERS - 1)]
        self.weights = [*layers, dense_weights(rng)]
        #: else
        self.weights = [lstm_weights(len(FEATURES), rng), dense_weights(rng)]
        #: end
        self.means = [np.zeros_like(W) for W in self.weights]
        self.squares = [np.zeros_like(W) for W in self.weights]
        self.steps = 0
        #: if dropout
        self.rng = np.random.default_rng([SEED, 2])
        self.dropping = False
        #: end

    #: if several layers
    def forward(self, x):
        """The outputs y_pred (1, m) for x (m, T_x, n_x)."""
        *layers, Wy = self.weights
        a, self.tapes = x.transpose(1, 2, 0), []
        #: if dropout
        self.masks = []
        #: end
        for layer, W in enumerate(layers, start=1):
            a, tape = lstm_forward(a, W)
            self.tapes.append(tape)
            if layer == LAYERS:
                a = a[-1:]  # of the last layer only the last hidden state
            #: if dropout
            if self.dropping:
                self.masks.append(dropout_mask(a.shape, self.rng))
                a = a * self.masks[-1]
            #: end
        self.a_last = np.vstack([a[-1], np.ones((1, len(x)), np.float32)])
        return Wy @ self.a_last

    def backward(self, dy):
        """The gradient of every weight from dy (1, m), that of the outputs."""
        *layers, Wy = self.weights
        gradients = [dy @ self.a_last.T]
        da = np.zeros((WINDOW, UNITS, dy.shape[1]), np.float32)
        da[-1] = Wy[:, :-1].T @ dy
        for layer in reversed(range(LAYERS)):
            #: if dropout
            da = da * self.masks[layer]
            #: end
            dW, da = lstm_backward(da, self.tapes[layer], layers[layer], first=layer == 0)
            gradients.insert(0, dW)
        return gradients

    #: else
    def forward(self, x):
        """The outputs y_pred (1, m) for x (m, T_x, n_x)."""
        W, Wy = self.weights
        a, self.tape = lstm_forward(x.transpose(1, 2, 0), W)
        a_last = a[-1]
        #: if dropout
        if self.dropping:
            self.mask = dropout_mask(a_last.shape, self.rng)
            a_last = a_last * self.mask
        #: end
        self.a_last = np.vstack([a_last, np.ones((1, len(x)), np.float32)])
        return Wy @ self.a_last

    def backward(self, dy):
        """The gradient of every weight from dy (1, m), that of the outputs."""
        W, Wy = self.weights
        da = Wy[:, :-1].T @ dy
        #: if dropout
        da = da * self.mask
        #: end
        return [lstm_backward(da, self.tape, W), dy @ self.a_last.T]

    #: end
    def adam(self, gradients):
        """Change every weight by its gradient, as Adam does in Keras."""
        self.steps += 1
        rate = LEARNING_RATE * ((1 - 0.999**self.steps) ** 0.5 / (1 - 0.9**self.steps))
        for W, m, v, dW in zip(self.weights, self.means, self.squares, gradients):
            m += (dW - m) * (1 - 0.9)
            v += (dW * dW - v) * (1 - 0.999)
            W -= rate * m / (np.sqrt(v) + 1e-7)

    def step(self, x, y):
        """Train on one batch; gives its loss, the mean squared error."""
        #: if dropout
        self.dropping = True
        error = (self.forward(x) - y.T).astype(np.float32)
        self.dropping = False
        #: else
        error = (self.forward(x) - y.T).astype(np.float32)
        #: end
        self.adam(self.backward(error * (2 / len(x))))
        return float(np.dot(error[0], error[0]) / len(x))

    #: if validation
    def loss(self, x, y):
        """The mean squared error of one batch, nothing dropped, nothing learnt."""
        error = (self.forward(x) - y.T).astype(np.float32)
        return float(np.dot(error[0], error[0]) / len(x))

    #: end
    #: if patience
    def get_weights(self):
        return [W.copy() for W in self.weights]

    def set_weights(self, weights):
        self.weights = weights

    #: end
    def outputs(self, x):
        """The outputs (examples, 1) for x (examples, T_x, n_x)."""
        parts = np.split(x, range(TOGETHER, len(x), TOGETHER))
        return np.hstack([self.forward(part) for part in parts]).T.astype(np.float64)
