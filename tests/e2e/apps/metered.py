"""Functions that use what they are told to use, each in a container of its own."""

import os
import socket
import time

import modal

app = modal.App("metered", tags={"team": "meters"})
ALONE = dict(max_containers=1, scaledown_window=2)


def here() -> str:
    return os.environ["MODAL_TASK_ID"]


@app.function(**ALONE)
def burn(seconds: float) -> tuple[str, float]:
    """Tells besides how many seconds it was at work."""
    began = time.monotonic()
    while (worked_s := time.monotonic() - began) < seconds:
        sum(range(10_000))
    return here(), worked_s


@app.function(cpu=0.25, memory=256, **ALONE)
def sit(seconds: float) -> str:
    time.sleep(seconds)
    return here()


@app.function(memory=128, **ALONE)
def hold(mib: int, seconds: float) -> str:
    held = bytearray(os.urandom(1024)) * (mib * 1024)
    time.sleep(seconds)
    return here() if held else ""


@app.function(**ALONE)
def send(datagrams: int, size: int) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for _ in range(datagrams):
            # Nobody is there: what is measured is what leaves the container.
            line.sendto(b"x" * size, ("192.0.2.1", 9))
            time.sleep(0.0005)
    return here()


@app.function(timeout=4, **ALONE)
def linger() -> None:
    print(f"container {here()}", flush=True)
    time.sleep(600)


@app.function(memory=(128, 256), **ALONE)
def devour() -> None:
    print(f"container {here()}", flush=True)
    time.sleep(1)
    held = []
    while True:
        held.append(bytearray(os.urandom(1024)) * 10_240)
