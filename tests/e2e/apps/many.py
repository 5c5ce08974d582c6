"""A map over very many inputs, and one that never ends by itself."""

import os

import modal

app = modal.App("many")


@app.function(min_containers=4, max_containers=6, scaledown_window=5)
def whoami(x: int) -> tuple[int, str]:
    return x, os.environ["MODAL_TASK_ID"]


@app.local_entrypoint()
def main(inputs: int = 10_000):
    results = list(whoami.map(range(inputs)))
    assert [x for x, _ in results] == list(range(inputs))
    print("results:", len(results))
    print("containers:", len({task for _, task in results}))
