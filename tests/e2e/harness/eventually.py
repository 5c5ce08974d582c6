import time
from typing import Callable, TypeVar

Value = TypeVar("Value")

MOST_PAUSE_S = 0.5


def eventually(look: Callable[[], Value], within_s: float, what: str, every_s: float = 0.05) -> Value:
    """
    The first truthy value of `look`; an AssertionError that says `what` was awaited when the time is over. The longer it takes, the
    rarer the looks.
    """
    began = time.monotonic()
    deadline = began + within_s
    while True:
        value = look()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}; last seen: {value!r}"
        time.sleep(max(every_s, min(MOST_PAUSE_S, (time.monotonic() - began) / 20)))
