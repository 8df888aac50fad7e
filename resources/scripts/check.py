# 5. The test, and the comparison with the application


def rmse(actual, forecast):
    """The root of the mean squared error, in the unit of the prices."""
    return float(np.sqrt(np.mean((actual - forecast) ** 2)))


def show_settings(days, data):
    print(f"{TARGET!a} in {SOURCE!a}, from {FEATURES!a} of the {WINDOW} days before")
    spans = {"training": range(TRAINING_DAYS)}
    #: if validation
    spans["validation"] = data.validation
    #: end
    spans["test"] = data.test
    for name, rows in spans.items():
        print(f"{name:12}{days[rows[0]]} to {days[rows[-1]]}, {len(rows):,} days")
    #: if several layers
    print(f"{'network':12}{LAYERS} {CELL} layers of {UNITS} units")
    #: else
    print(f"{'network':12}one {CELL} layer of {UNITS} units")
    #: end
    #: if dropout
    print(f"{'dropout':12}{DROPOUT}")
    #: end
    print(f"{'learning':12}{EPOCHS} epochs, batches of {BATCH_SIZE}, Adam at {LEARNING_RATE}")
    #: if patience
    print(f"{'patience':12}ends {PATIENCE} epochs after the best one")
    #: end
    print(f"{'seed':12}{SEED}\n")


def write_forecast(days, actual, forecast, yesterday):
    """One line for each day of the test span, every number unrounded."""
    with FORECAST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "actual", "predicted", "persistence"])
        writer.writerows(zip(days, actual.tolist(), forecast.tolist(), yesterday.tolist()))


def apart(here, there):
    """How far two numbers lie from each other, as a share of the larger."""
    return 0.0 if here == there else abs(here - there) / max(abs(here), abs(there))


def compare(here, forecast, application):
    """Print each figure beside the application's; gives the exit status, 0 where they agree."""
    print(f"\n{'':32}{'here':>22}{'RNN Studio':>22}{'difference':>13}")
    for name, there in APPLICATION.items():
        print(f"{name:32}{here[name]:22.12g}{there:22.12g}{abs(here[name] - there):13.1e}")
    furthest = float(np.abs(forecast - application).max())
    print(f"{'furthest forecast of a day':32}{furthest:57.1e}\n")
    shares = {name: apart(here[name], there) for name, there in APPLICATION.items()}
    shares["forecasts of the days"] = furthest / float(np.abs(application).max())
    off = [name for name, share in shares.items() if share > (0 if name == SUM else TOLERANCE)]
    if off:
        print(f"They do NOT agree: further off than rounding explains: {', '.join(off)}.")
        return 1
    largest = max(shares.values())
    if largest == 0:
        print("They agree to the last bit.")
        return 0
    print(f"They agree: none is further off than {largest:.1e} of its size.")
    #: if keras
    print("That is rounding: RNN Studio forecasts with NumPy what Keras has learnt.")
    #: else
    print("That is rounding, which another machine or another NumPy does in another order.")
    #: end
    return 0


def main():
    days, numbers, application = read_prices()
    test = np.flatnonzero(~np.isnan(application))
    data, network = Data(numbers, test), Network()
    show_settings(days, data)
    losses = train(network, data)
    #: if trust
    data.shrinkage = share_to_trust(network, data)
    #: end
    forecast = data.prices(test, network.outputs(data.x(test)))
    actual, yesterday = data.price[test], data.price[test - 1]
    write_forecast([days[row] for row in test], actual, forecast, yesterday)
    here = {
        SUM: math.fsum([*numbers.ravel(), *application[test]]),
        "epochs": len(losses),
        "loss of the last epoch": losses[-1],
        #: if trust
        "share of its returns believed": data.shrinkage,
        #: end
        "RMSE of the network": rmse(actual, forecast),
        "RMSE of tomorrow = today": rmse(actual, yesterday),
    }
    return compare(here, forecast, application[test])


if __name__ == "__main__":
    sys.exit(main())
