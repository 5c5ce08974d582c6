"""Says things whose history the tests search, and stays, to be listed, entered and stopped."""

import asyncio
import os
import sys
import time

import modal

app = modal.App("e2e-talkative")
containers = modal.Dict.from_name("e2e-talkative", create_if_missing=True)


@app.function(max_containers=1, scaledown_window=300)
def say(text: str, times: int = 1) -> str:
    for number in range(times):
        print(f"{text} {number}")
    return text


@app.function()
def complain(text: str) -> None:
    print(text, file=sys.stderr)


@app.function()
def last_words(text: str) -> None:
    import signal

    print(text)
    os.kill(os.getpid(), signal.SIGKILL)


@app.function(timeout=600)
def flood(mib: int) -> str:
    """Prints as fast as it can, in lines of 1 KiB."""
    line = "x" * 1023
    for _ in range(mib * 1024):
        print(line)
    print("the flood is over")
    return "dry"


@app.function(timeout=600)
async def outlast(name: str) -> str:
    """Stays in its first container, of which it tells; the second one answers."""
    if await containers.put.aio(name, os.environ["MODAL_TASK_ID"], skip_if_exists=True):
        await asyncio.sleep(600)
    return name


@app.function(timeout=600)
def linger(name: str) -> str:
    """Tells which container it is in, stays until it is let go, and answers with that container."""
    containers.put(name, os.environ["MODAL_TASK_ID"])
    while not containers.contains(f"{name} may go"):
        time.sleep(0.1)
    return os.environ["MODAL_TASK_ID"]


@app.function(timeout=600)
def pour(lines_each_second: int, seconds: int) -> int:
    """Prints at a pace, in parts of 10 ms; answers how many lines that were."""
    line = "x" * 60
    begun, said = time.monotonic(), 0
    while said < lines_each_second * seconds:
        due = min(int((time.monotonic() - begun) * lines_each_second), lines_each_second * seconds)
        for number in range(said, due):
            print(f"pour {number} {line}")
        said = due
        time.sleep(0.01)
    return said
