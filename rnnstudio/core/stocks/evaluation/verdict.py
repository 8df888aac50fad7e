"""Does a network beat yesterday's price? The one place that says so, and how far it is shown."""

from __future__ import annotations

from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS, ConfidenceInterval


def rmse_phrase(network: float, flat: float) -> str:
    """The two RMSE that are compared, in the middle of a sentence."""
    return f"its RMSE is {network:.4g}, that of yesterday's price {flat:.4g}"


def comparison_sentence(
    start: str,
    days: int,
    network: float,
    flat: float,
    close: float | None,
    skill: ConfidenceInterval,
    proof: str,
) -> str:
    """One sentence, from its ``start`` to what even a shown lead does not prove (``proof``).

    It is about so many test ``days``; fewer than FEWEST_DAYS show nothing, either way.
    ``network``, ``flat`` and ``close`` are the RMSE of the network, of yesterday's price, and of
    yesterday's close where the opening price is forecast.
    """
    numbers = rmse_phrase(network, flat)
    if days < FEWEST_DAYS:
        return (
            f"{start} nothing is shown, for or against the network: {numbers}; it takes "
            f"{FEWEST_DAYS} days or more."
        )
    if network >= flat:
        return f"{start} the network does not beat yesterday's price: {numbers}."
    if close is not None and close <= network:
        return (
            f"{start} the network is better than yesterday's opening price ({numbers}), but not "
            f"than yesterday's close, which has {close:.4g}."
        )
    if not skill.low > 0:
        return (
            f"{start} the network is not shown to beat yesterday's price: {numbers}, a difference "
            "that chance alone can make."
        )
    return f"{start} the network beats yesterday's price: {numbers}; {proof}."
