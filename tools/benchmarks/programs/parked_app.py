"""Containers whose own runtime never asks for an input: somebody else speaks on their control sockets."""

import os
import time

import modal

containers = int(os.environ.get("BENCH_CONTAINERS", "1"))
app = modal.App("slipway-bench-parked")

if not modal.is_local():
    while True:
        time.sleep(3600)


@app.function(min_containers=containers, max_containers=containers, startup_timeout=3600, timeout=3600)
def noop(value):
    return value
