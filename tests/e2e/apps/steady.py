"""Work that goes on for a while, and says of each input who did it."""

import hashlib
import os
import time

import modal

app = modal.App("steady")
CPU_SHARE = 0.35 * (os.cpu_count() or 2)


@app.function(max_containers=4, scaledown_window=5)
def triple(x: int) -> int:
    time.sleep(0.01)
    return 3 * x


@app.function(max_containers=4, scaledown_window=5)
def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# Four of these are more than one worker has room for, and two workers have.
@app.function(max_containers=4, scaledown_window=5, cpu=CPU_SHARE)
def where(x: int) -> tuple[int, str]:
    time.sleep(0.2)
    return x, os.environ["MODAL_TASK_ID"]
