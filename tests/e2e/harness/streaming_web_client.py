"""HTTP and WebSockets to the URL of a function, also where this machine's resolver knows no *.localhost."""

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver

# A first request waits for the container.
TIMEOUT = aiohttp.ClientTimeout(total=120)


class HereResolver(AbstractResolver):
    """Names below localhost are this machine (RFC 6761), whatever the system's resolver says."""

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[dict]:
        assert host.endswith("localhost"), f"a test asks {host}, which is not this machine"
        return [
            {"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        ]

    async def close(self) -> None:
        pass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@asynccontextmanager
async def web_session():
    connector = aiohttp.TCPConnector(resolver=HereResolver())
    async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session:
        yield session


def ask(url: str, method: str = "GET", **options) -> Answer:
    """One request, from beginning to end."""

    async def run() -> Answer:
        async with web_session() as session, session.request(method, url, **options) as answer:
            body = await answer.read()
            return Answer(answer.status, dict(answer.headers), body.decode(errors="replace"))

    return asyncio.run(run())


def read_in_two_parts(url: str, between_url: str) -> tuple[str, str]:
    """What has come of a body by the time that anything has, and what comes once `between_url` was posted to.

    A body whose second part waits for that request never ends where parts are held back until all is there.
    """

    async def run() -> tuple[str, str]:
        async with web_session() as session, session.get(url) as answer:
            first = await answer.content.readany()
            async with session.post(between_url) as told:
                assert told.status == 200, await told.text()
            return first.decode(), (await answer.read()).decode()

    return asyncio.run(run())


def leave_early(url: str, told_url: str, word: str) -> None:
    """A client that hangs up before it is answered, once `told_url` says `word`."""

    async def run() -> None:
        async with web_session() as session:

            async def answer_of(address: str) -> str:
                async with session.get(address) as answer:
                    return await answer.text()

            left = asyncio.create_task(answer_of(url))
            while word not in await answer_of(told_url):
                assert not left.done(), f"{url} answered although it should have waited"
                await asyncio.sleep(0.05)
            left.cancel()

    asyncio.run(run())


def talk(url: str, messages: list[str]) -> list[str]:
    """Says each message on a WebSocket and hears one for each."""

    async def run() -> list[str]:
        async with web_session() as session, session.ws_connect(url.replace("http", "ws", 1)) as connection:
            heard = []
            for message in messages:
                await connection.send_str(message)
                heard.append(await connection.receive_str(timeout=30))
            return heard

    return asyncio.run(run())


def agreed_protocol(url: str, offered: str) -> str | None:
    """Opens a WebSocket and closes it: the subprotocol on which both sides agreed."""

    async def run() -> str | None:
        async with web_session() as session:
            async with session.ws_connect(url.replace("http", "ws", 1), protocols=[offered]) as connection:
                return connection.protocol

    return asyncio.run(run())
