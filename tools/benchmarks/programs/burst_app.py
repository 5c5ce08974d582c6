"""Containers that say when they run, and stay until they are ended. Argument: how many at once."""

import sys
import time

import modal

app = modal.App("slipway-bench-burst")


@app.function(cpu=0.01, memory=16, timeout=1800)
def hold(number):
    print(f"runs {time.time()}", flush=True)
    time.sleep(1800)


@app.local_entrypoint()
def main(count: int):
    print(f"begins {time.time()}", flush=True)
    list(hold.map(range(count)))
