"""Work that goes on for a while, and says of each input who did it."""

import os
import time

import modal

app = modal.App("steady")


@app.function(max_containers=4, scaledown_window=5)
def triple(x: int) -> int:
    time.sleep(0.01)
    return 3 * x


@app.function(max_containers=4, scaledown_window=5, cpu=0.125)
def where(x: int) -> tuple[int, str]:
    time.sleep(0.2)
    return x, os.environ["MODAL_TASK_ID"]
