"""Containers that work on more than one input at once."""

import asyncio
import threading

import modal

app = modal.App("throughput")
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


@app.cls(max_containers=1)
class Batcher:
    @modal.batched(max_batch_size=3, wait_ms=1000)
    def negate(self, numbers: list[int]) -> list[int]:
        return [-number for number in numbers]
