"""Two containers, each too large to share a worker with the other, that meet in a volume."""

import os
import time
from pathlib import Path

import modal

app = modal.App("volume-pair")
shared = modal.Volume.from_name("e2e-shared", create_if_missing=True)


@app.function(volumes={"/data": shared}, max_containers=2, scaledown_window=60, cpu=0.6 * (os.cpu_count() or 2), timeout=120)
def meet(meeting: str, mine: str, other: str) -> str:
    """Leaves a file, and answers what the other one left."""
    folder = Path("/data", meeting)
    folder.mkdir(exist_ok=True)
    (folder / mine).write_text(f"from {mine}")
    shared.commit()
    while not (folder / other).exists():
        time.sleep(0.2)
        shared.reload()
    return (folder / other).read_text()
