import os
import time

import modal

app = modal.App("endless")


@app.function(max_containers=4, min_containers=4, timeout=900)
def linger(x: int) -> int:
    print(f"working on {x} in {os.environ['MODAL_TASK_ID']}", flush=True)
    time.sleep(600)
    return x


@app.local_entrypoint()
def main():
    print("app id:", app.app_id, flush=True)
    for _ in linger.map(range(10_000)):
        pass
