"""Functions to call in every way that the client has."""

import asyncio
import os
import time

import modal

app = modal.App("calls")


class Unlucky(Exception):
    pass


@app.function(max_containers=2)
def square(x: int) -> int:
    return x * x


@app.function(max_containers=2)
def add(a: int, b: int = 100) -> int:
    return a + b


@app.function(max_containers=1)
def count_to(limit: int):
    for number in range(limit):
        yield number


@app.function(max_containers=1)
async def count_to_async(limit: int):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number


@app.function(max_containers=1)
def break_after(limit: int):
    yield from range(limit)
    raise Unlucky(f"broke after {limit}")


@app.function(max_containers=2)
def odd_only(x: int) -> int:
    if x % 2 == 0:
        raise Unlucky(f"{x} is even")
    return x


@app.function(max_containers=2)
def last_is_first(x: int) -> int:
    """0 takes long, so that others finish before it."""
    time.sleep(3 if x == 0 else 0)
    return x


@app.function(max_containers=2)
def work_for(seconds: float) -> str:
    time.sleep(seconds)
    return modal.current_input_id()


@app.function(max_containers=1)
def length(payload: bytes) -> int:
    return len(payload)


@app.function(max_containers=1)
def make_bytes(size: int) -> bytes:
    return os.urandom(1024) * (size // 1024)


@app.function(max_containers=1)
def echo(value):
    return value


@app.function(max_containers=1)
def fan_out(limit: int) -> int:
    return sum(square.map(range(limit))) + add.remote(1, 2)
