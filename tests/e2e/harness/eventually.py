import time
from typing import Callable, TypeVar

Value = TypeVar("Value")


def eventually(look: Callable[[], Value], within_s: float, what: str, every_s: float = 0.05) -> Value:
    """The first truthy value of `look`; an AssertionError that says `what` was awaited when the time is over."""
    deadline = time.monotonic() + within_s
    while True:
        value = look()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}; last seen: {value!r}"
        time.sleep(every_s)
