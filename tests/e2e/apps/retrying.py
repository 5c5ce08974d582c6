"""Failures that pass, and work that takes too long."""

import os
import time

import modal

app = modal.App("retrying")
attempts: dict[str, list[float]] = {}


def note_attempt(name: str) -> list[float]:
    attempts.setdefault(name, []).append(time.monotonic())
    return attempts[name]


@app.function(max_containers=1, retries=modal.Retries(max_retries=3, initial_delay=1.0, backoff_coefficient=2.0))
def succeed_at_third(name: str) -> list[float]:
    seen = note_attempt(name)
    if len(seen) < 3:
        raise ConnectionError(f"attempt {len(seen)}")
    return seen


@app.function(max_containers=1, retries=modal.Retries(max_retries=2, initial_delay=0.0))
def never_succeed(name: str) -> None:
    raise ConnectionError(f"attempt {len(note_attempt(name))}")


@app.function(max_containers=2, retries=modal.Retries(max_retries=4, initial_delay=0.0))
def every_second_time(x: int) -> int:
    if len(note_attempt(f"map {x}")) < 2:
        raise ConnectionError(f"{x} fails the first time in each container")
    return x


@app.function(max_containers=1, timeout=15, startup_timeout=120)
def sleep_for(seconds: float) -> str:
    time.sleep(seconds)
    return os.environ["MODAL_TASK_ID"]
