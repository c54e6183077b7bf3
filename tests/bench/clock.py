"""Time several ways to do one thing in turns: what slows the machine then slows them alike."""

import random
import statistics
import timeit
from collections.abc import Callable, Mapping
from typing import NamedTuple

Call = Callable[[], object]

ROUNDS = 101
SECONDS = 0.005  # of each way in a round, at least


class Time(NamedTuple):
    """Microseconds a call: the median of all rounds, and the quartiles around it."""

    median: float
    low: float
    high: float
    ratio: float  # to the first way: the median of what each round has, where both met one machine


def time_in_turns(ways: Mapping[str, Call]) -> dict[str, Time]:
    """Time a call of each way, warm, in rounds that have an order drawn anew."""
    for way in ways.values():
        way()  # cold, it takes so long that the rounds would have a single call, cold again
    counts = {
        name: max(1, int(SECONDS / timeit.timeit(way, number=1))) for name, way in ways.items()
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name in random.sample(list(ways), len(ways)):
            elapsed = timeit.timeit(ways[name], number=counts[name])
            found[name].append(elapsed / counts[name] * 1e6)
    [first, *_] = found.values()
    return {name: summarize(times, first) for name, times in found.items()}


def summarize(times: list[float], first: list[float]) -> Time:
    """Return the median and the quartiles, and the ratio to the times of the first way."""
    low, median, high = statistics.quantiles(times, n=4, method="inclusive")
    ratio = statistics.median(time / of_first for time, of_first in zip(times, first, strict=True))
    return Time(round(median, 1), round(low, 1), round(high, 1), round(ratio, 4))
