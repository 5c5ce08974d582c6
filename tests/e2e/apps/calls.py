"""Functions to call in every way that the client has."""

import asyncio
import os
import time

import modal

app = modal.App("calls")
# What tests and functions tell one another.
board = modal.Dict.from_name("e2e-calls-board", create_if_missing=True)
# Many tests call these, each now and then: who waits for nothing leaves its place to others.
ONE = dict(max_containers=1, scaledown_window=5)
TWO = dict(max_containers=2, scaledown_window=5)


class Unlucky(Exception):
    pass


@app.function(**TWO)
def square(x: int) -> int:
    return x * x


@app.function(**TWO)
def add(a: int, b: int = 100) -> int:
    return a + b


@app.function(**ONE)
def count_to(limit: int):
    for number in range(limit):
        yield number


@app.function(**ONE)
async def count_to_async(limit: int):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number


@app.function(**ONE)
def break_after(limit: int):
    yield from range(limit)
    raise Unlucky(f"broke after {limit}")


@app.function(**TWO)
def odd_only(x: int) -> int:
    if x % 2 == 0:
        raise Unlucky(f"{x} is even")
    return x


@app.function(**ONE)
@modal.concurrent(max_inputs=2)
def last_is_first(x: int, gate: str) -> int:
    """0 waits until its gate is open, so that others finish before it."""
    while x == 0 and not board.get(gate):
        time.sleep(0.05)
    return x


@app.function(max_containers=2)
def work_for(seconds: float, begun: str = "") -> str:
    """Says under that name that it runs."""
    if begun:
        board[begun] = True
    time.sleep(seconds)
    return modal.current_input_id()


@app.function(**ONE)
def length(payload: bytes) -> int:
    return len(payload)


@app.function(**ONE)
def make_bytes(size: int) -> bytes:
    return os.urandom(1024) * (size // 1024)


@app.function(**ONE)
def echo(value):
    return value


@app.function(**ONE)
def fan_out(limit: int) -> int:
    return sum(square.map(range(limit))) + add.remote(1, 2)
