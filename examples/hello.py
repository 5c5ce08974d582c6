"""The smallest app: one function, run here, run remotely, and fanned out."""

import platform
import sys

import modal

app = modal.App("hello")


@app.function()
def square(x: int) -> int:
    print(f"squaring {x} on {platform.node()}")
    if x % 100 == 0:
        print(f"{x} is a round number", file=sys.stderr)
    return x * x


@app.local_entrypoint()
def main(count: int = 20):
    print("here:     ", square.local(7))
    print("remotely: ", square.remote(7))
    print("fanned out:", sum(square.map(range(count))))
