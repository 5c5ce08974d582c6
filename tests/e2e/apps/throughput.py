"""Containers that work on more than one input at once."""

import asyncio
import threading
import time

import modal

app = modal.App("throughput")
board = modal.Dict.from_name("e2e-throughput", create_if_missing=True)
inside = 0
gathered = threading.Barrier(3)


@app.function(max_containers=1)
@modal.concurrent(max_inputs=5)
async def meet(party: int) -> int:
    """Returns once `party` inputs are inside at once; alone it would wait for ever."""
    global inside
    inside += 1
    while inside < party:
        await asyncio.sleep(0.01)
    return inside


@app.function(max_containers=1)
@modal.concurrent(max_inputs=3)
def meet_in_threads(_: int) -> int:
    gathered.wait(60)
    return gathered.parties


@app.function(max_containers=1)
@modal.batched(max_batch_size=4, wait_ms=2000)
async def double(numbers: list[int]) -> list[tuple[int, int]]:
    """Each result says how large its batch was."""
    return [(2 * number, len(numbers)) for number in numbers]


@app.function(max_containers=1)
@modal.batched(max_batch_size=2, wait_ms=2000)
async def stay_together(names: list[str]) -> list[str]:
    """Two stay until they are ended, and say so; one alone is answered."""
    if len(names) == 2:
        await board.put.aio(names[0], True)
        await asyncio.sleep(600)
    return names


@app.function(max_containers=1, timeout=600)
@modal.concurrent(max_inputs=2)
def stay_in_threads(name: str) -> str:
    """Stays until it is ended, and says so; run again it answers."""
    if board.put(name, True, skip_if_exists=True):
        time.sleep(600)
    return name


@app.cls(max_containers=1)
class Batcher:
    @modal.batched(max_batch_size=3, wait_ms=1000)
    def negate(self, numbers: list[int]) -> list[int]:
        return [-number for number in numbers]
