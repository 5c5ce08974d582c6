"""A progress bar draws over its own line, on both streams."""

import sys
import time

import modal

app = modal.App("progress")


@app.function()
def work() -> None:
    for stream in (sys.stdout, sys.stderr):
        for percent in range(0, 101, 25):
            print(f"{stream.name.strip('<>')} {percent} %", end="\r", file=stream, flush=True)
            time.sleep(0.02)
        print(file=stream, flush=True)


@app.local_entrypoint()
def main():
    work.remote()
