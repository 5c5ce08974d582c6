"""Many requests that wait inside their containers until the test lets them go: what happens meanwhile, happens to all of them."""

import asyncio
import resource
from collections import Counter
from dataclasses import dataclass

import aiohttp
import modal

from harness.web_client import host_of, server

board = modal.Dict.from_name("e2e-web-rolling-board", create_if_missing=True)
# More than the function has for a request, so that none is given up here.
TIMEOUT = aiohttp.ClientTimeout(total=700)


@dataclass(frozen=True)
class Answered:
    """A request, its answer's status, and what the answer says."""

    method: str
    status: int
    said: dict


class HeldRequests:
    """One wave of requests: `inside()` says where they are, `let_go()` lets them answer."""

    def __init__(self, url: str, wave: str, methods: list[str]):
        self.url = url
        self.wave = wave
        self.methods = methods
        # What came back, the first first: while nothing is let go, only what failed.
        self.answered: list[Answered] = []

    async def ask(self, session: aiohttp.ClientSession, method: str, path: str) -> Answered:
        address = f"http://{server.hostname}:{server.port}{path}"
        async with session.request(method, address, headers={"host": host_of(self.url)}) as answer:
            answered = Answered(method, answer.status, await answer.json(content_type=None))
        self.answered.append(answered)
        return answered

    async def run(self, meanwhile) -> list[Answered]:
        """Sends them all, does `meanwhile(self)` once all are inside, and gives what each was answered."""
        raise_file_limit(len(self.methods))
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session:
            asked = [asyncio.create_task(self.ask(session, method, f"/held/{self.wave}")) for method in self.methods]
            try:
                await self.until_inside(Counter(self.methods))
                await meanwhile(self)
                await board.put.aio(f"open/{self.wave}", True)
                return await asyncio.gather(*asked)
            finally:
                await board.put.aio(f"open/{self.wave}", True)
                for task in asked:
                    task.cancel()

    async def inside(self) -> dict[str, Counter[str]]:
        """How many requests each container has let in, by method; of one that is gone, its last word."""
        prefix = f"inside/{self.wave}/"
        return {key[len(prefix) :]: Counter(held) async for key, held in board.items.aio() if key.startswith(prefix)}

    def told(self) -> Counter[tuple]:
        """What was answered so far, and how often."""
        return Counter((one.method, one.status, one.said.get("detail")) for one in self.answered)

    async def until_inside(self, wanted: Counter[str], among=lambda task: True, within_s: float = 300) -> None:
        deadline = asyncio.get_running_loop().time() + within_s
        while True:
            found = await self.inside()
            if sum((held for task, held in found.items() if among(task)), Counter()) >= wanted:
                return
            assert asyncio.get_running_loop().time() < deadline, (
                f"{wanted} were to be inside: {found}; answered before they were let go: {self.told()}"
            )
            await asyncio.sleep(0.2)


def raise_file_limit(connections: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 500
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
