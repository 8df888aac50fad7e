def first_weights():
    """The first weights in Keras' order; drawn by NumPy as Keras draws them by default."""
    rng = np.random.default_rng(SEED)
    bias = np.repeat(FIRST_BIASES, UNITS, axis=-1)
    width = bias.shape[-1]
    #: if several layers
    weights = []
    for n_x in [len(FEATURES)] + [UNITS] * (LAYERS - 1):
        weights.append(glorot_uniform(n_x, width, rng))
        weights += [orthogonal(UNITS, width, rng), bias]
    #: else
    weights = [glorot_uniform(len(FEATURES), width, rng)]
    weights += [orthogonal(UNITS, width, rng), bias]
    #: end
    return [*weights, glorot_uniform(UNITS, 1, rng), np.zeros(1)]


class Network:
    #: if several layers
    """Recurrent layers one upon the other, and a linear output from the last hidden state."""

    #: else
    """A recurrent layer, and a linear output from its last hidden state."""
    #: end

    def __init__(self):
        layers, cell = keras.layers, getattr(keras.layers, CELL)
        self.model = keras.Sequential([keras.Input((WINDOW, len(FEATURES)))])
        #: if several layers
        #: if dropout
        seeds = np.random.default_rng([SEED, 2]).integers(2**31, size=2 * LAYERS + 1)[1::2]
        #: end
        for layer in range(LAYERS):
            every_day = layer < LAYERS - 1
            self.model.add(cell(UNITS, return_sequences=every_day, unroll=UNROLL))
            #: if dropout
            self.model.add(layers.Dropout(DROPOUT, seed=int(seeds[layer])))
            #: end
        #: else
        self.model.add(cell(UNITS, unroll=UNROLL))
        #: if dropout
        seed = np.random.default_rng([SEED, 2]).integers(2**31, size=2)[1]
        self.model.add(layers.Dropout(DROPOUT, seed=int(seed)))
        #: end
        #: end
        self.model.add(layers.Dense(1))
        self.model.set_weights(first_weights())
        self.mean_squared_error = keras.losses.MeanSquaredError()
        self.adam = keras.optimizers.Adam(LEARNING_RATE)
        self.adam.build(self.model.trainable_variables)
        self.train_batch = tf.function(self.train_graph, jit_compile=JIT_COMPILE)
        #: if validation
        self.test_batch = tf.function(self.test_graph, jit_compile=JIT_COMPILE)
        #: end

    def train_graph(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.mean_squared_error(y, self.model(x, training=True))
        gradients = tape.gradient(loss, self.model.trainable_variables)
        self.adam.apply(gradients, self.model.trainable_variables)
        return loss

    def step(self, x, y):
        """Train on one batch; gives its loss, the mean squared error."""
        return float(self.train_batch(tf.constant(x), tf.constant(y, tf.float32)))

    #: if validation
    def test_graph(self, x, y):
        return self.mean_squared_error(y, self.model(x, training=False))

    def loss(self, x, y):
        """The mean squared error of one batch, nothing dropped, nothing learnt."""
        return float(self.test_batch(tf.constant(x), tf.constant(y, tf.float32)))

    #: end
    #: if patience
    def get_weights(self):
        return self.model.get_weights()

    def set_weights(self, weights):
        self.model.set_weights(weights)

    #: end
    def outputs(self, x):
        """The outputs (examples, 1) for x (examples, T_x, n_x)."""
        return self.model.predict(x, verbose=0).astype(np.float64)
