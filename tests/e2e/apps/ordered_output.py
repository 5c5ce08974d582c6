"""Each container counts, on stdout and on stderr."""

import sys

import modal

app = modal.App("ordered-output")
LINES = 300


@app.function(max_containers=2)
def count(speaker: int) -> None:
    for number in range(LINES):
        print(f"out speaker={speaker} line={number}", flush=True)
        print(f"err speaker={speaker} line={number}", file=sys.stderr, flush=True)


@app.local_entrypoint()
def main():
    count.for_each(range(2))
