"""A function whose containers take one input each; its answer is the moment at which its file was first read."""

import time

first_line = time.time()

import modal  # noqa: E402

app = modal.App("slipway-bench-cold")


@app.function(single_use_containers=True, max_containers=1)
def started_at():
    return first_line
