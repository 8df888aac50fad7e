# 4. The training


#: if validation
def held_out_loss(network, x, y):
    """The mean loss over all examples."""
    total = 0.0
    for first in range(0, len(x), BATCH_SIZE):
        batch = slice(first, first + BATCH_SIZE)
        total += network.loss(x[batch], y[batch]) * len(x[batch])
    return total / len(x)


#: end
def train(network, data):
    """Train epoch by epoch, each time in a new order; gives the mean loss of every epoch."""
    x, y = data.x(data.train), data.y(data.train)
    #: if validation
    x_validation, y_validation = data.x(data.validation), data.y(data.validation)
    #: end
    order = np.random.default_rng([SEED, 1])
    losses = []
    #: if patience
    least = math.inf
    #: end
    for epoch in range(1, EPOCHS + 1):
        examples, total = order.permutation(len(x)), 0.0
        for first in range(0, len(x), BATCH_SIZE):
            batch = examples[first : first + BATCH_SIZE]
            total += network.step(x[batch], y[batch]) * len(batch)
        losses.append(total / len(x))
        #: if validation
        validation = held_out_loss(network, x_validation, y_validation)
        print(f"epoch {epoch:3}  loss {losses[-1]:.6f}  on the validation days {validation:.6f}")
        #: else
        print(f"epoch {epoch:3}  loss {losses[-1]:.6f}")
        #: end
        #: if patience
        if validation < least:
            least, best, best_weights = validation, epoch, network.get_weights()
        if epoch - best >= PATIENCE:
            break
    network.set_weights(best_weights)
    print(f"The weights after epoch {best} are kept: they are best on the validation days.")
    #: else
    #: end
    return losses


#: if trust
def share_to_trust(network, data):
    """The share, from 0 to 1, of its returns with the least squared error on validation days."""
    rows = data.validation
    last = data.price[rows - 1]
    actual = np.log(data.price[rows] / last)
    forecast = np.log(data.prices(rows, network.outputs(data.x(rows))) / last)
    size = float(forecast @ forecast)
    return min(1.0, max(0.0, float(forecast @ actual) / size)) if size > 0 else 0.0


#: end
