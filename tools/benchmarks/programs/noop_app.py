"""A function that does nothing, with a fixed number of containers that stay."""

import os

import modal

containers = int(os.environ.get("BENCH_CONTAINERS", "1"))
app = modal.App("slipway-bench-noop")


@app.function(min_containers=containers, max_containers=containers, scaledown_window=1200)
def noop(value):
    return value
