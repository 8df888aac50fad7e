# 2. The prices: what the network sees of them, and what its outputs mean


def read_prices():
    """The days, their numbers (days, columns), and what the application forecast of test days."""
    with PRICES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    days = [row[0] for row in rows]
    numbers = np.array([[float(number) for number in row[1:-1]] for row in rows])
    application = np.array([float(row[-1] or "nan") for row in rows])
    return days, numbers, application


#: if log return
def log_returns(numbers):
    """What each column moved by since the day before, (days, columns); NaN on the first day."""
    #: if counts
    numbers = numbers + np.isin(COLUMNS, COUNTS)  # a count may be 0, so 1 is added before log
    #: end
    #: if changes
    changes = np.isin(COLUMNS, CHANGES)  # these are returns already
    moves = np.diff(np.log(np.where(changes, 1, numbers)), axis=0, prepend=np.nan)
    moves[1:, changes] = numbers[1:, changes]
    return moves
    #: else
    return np.diff(np.log(numbers), axis=0, prepend=np.nan)
    #: end


#: end
class Scaler:
    #: if log return
    """Gives each column mean 0 and standard deviation 1 over the numbers that it has seen."""

    #: else
    """Takes the lowest number that it has seen of each column to 0 and the highest to 1."""
    #: end

    def __init__(self, seen):
        low, high = seen.min(axis=0), seen.max(axis=0)
        #: if log return
        self.offset, scale = seen.mean(axis=0), seen.std(axis=0)
        #: else
        self.offset, scale = low, high - low
        #: end
        self.scale = np.where(low == high, 1, scale)

    def scaled(self, numbers):
        return (numbers - self.offset) / self.scale

    def unscaled(self, numbers):
        return numbers * self.scale + self.offset


class Data:
    """What the network sees before each day and should say of it, scaled by the training days."""

    def __init__(self, numbers, test):
        n_x, target = len(FEATURES), COLUMNS.index(TARGET)
        self.price = numbers[:, target]
        #: if log return
        seen = log_returns(numbers)
        learnt = seen[1:TRAINING_DAYS]  # the first day has no return
        self.train = np.arange(WINDOW + 1, TRAINING_DAYS)
        #: else
        seen = numbers
        learnt = seen[:TRAINING_DAYS]
        self.train = np.arange(WINDOW, TRAINING_DAYS)
        #: end
        #: if validation
        self.validation = np.arange(TRAINING_DAYS, test[0])
        #: end
        self.test = test
        self.features = seen[:, :n_x]
        self.scaler = Scaler(learnt[:, :n_x])
        self.target_scaler = Scaler(learnt[:, target : target + 1])
        #: if trust
        self.shrinkage = 1.0  # the share of a forecast return that is believed
        #: end

    def x(self, rows):
        """The WINDOW days before each row, scaled, (rows, WINDOW, n_x)."""
        windows = self.features[rows[:, np.newaxis] + np.arange(-WINDOW, 0)]
        return self.scaler.scaled(windows).astype(np.float32)

    def y(self, rows):
        """What the network should say of each row, (rows, 1)."""
        #: if log return
        returns = np.log(self.price[rows] / self.price[rows - 1])
        return self.target_scaler.scaled(returns[:, np.newaxis])
        #: else
        return self.target_scaler.scaled(self.price[rows, np.newaxis])
        #: end

    def prices(self, rows, outputs):
        """The prices that the network's outputs (rows, 1) mean."""
        #: if log return
        returns = self.target_scaler.unscaled(outputs)[:, 0]
        #: if trust
        returns = self.shrinkage * returns
        #: end
        return self.price[rows - 1] * np.exp(returns)
        #: else
        return self.target_scaler.unscaled(outputs)[:, 0]
        #: end
