def weight_gradient(dz, inputs):
    """The sum of dz @ input.T over the days, as many at once as the processor's cache holds."""
    dW, days = 0, max(1, 2**15 // (UNITS * dz[0].shape[1]))
    for start in reversed(range(0, len(dz), days)):
        some = slice(start, start + days)
        dW = dW + np.hstack(dz[some]) @ np.hstack(inputs[some]).T
    return dW


#: if dropout
def dropout_mask(shape, rng):
    """0 for a share DROPOUT of the numbers, and for the others what makes up for it."""
    dropped = round(DROPOUT * 2**16)  # of 2^16 parts: 64 random bits serve four numbers
    size = math.prod(shape)
    bits = rng.bit_generator.random_raw(-(-size // 4)).view(np.uint16)[:size]
    return (bits.reshape(shape) >= dropped) * np.float32(2**16 / (2**16 - dropped))


#: end
def dense_weights(rng):
    """The first weights of the output, [Wy, by] side by side."""
    return np.hstack([glorot_uniform(UNITS, 1, rng).T, [[0]]]).astype(np.float32)


class Network:
    #: if several layers
    """Recurrent layers one upon the other; from the last hidden state y_pred = Wy a + by."""

    #: else
    """A recurrent layer; from its last hidden state y_pred = Wy a + by."""
    #: end

    def __init__(self):
        rng = np.random.default_rng(SEED)
        #: if several layers
        layers = [layer_weights(n_x, rng) for n_x in [len(FEATURES)] + [UNITS] * (LAYERS - 1)]
        self.weights = [*layers, dense_weights(rng)]
        #: else
        self.weights = [layer_weights(len(FEATURES), rng), dense_weights(rng)]
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
            a, tape = layer_forward(a, W)
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
            dW, da = layer_backward(da, self.tapes[layer], layers[layer], first=layer == 0)
            gradients.insert(0, dW)
        return gradients

    #: else
    def forward(self, x):
        """The outputs y_pred (1, m) for x (m, T_x, n_x)."""
        W, Wy = self.weights
        a, self.tape = layer_forward(x.transpose(1, 2, 0), W)
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
        return [layer_backward(da, self.tape, W), dy @ self.a_last.T]

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
