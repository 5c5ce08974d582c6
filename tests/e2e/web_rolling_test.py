"""1,000 requests in flight while a deploy rolls over, and while a container dies: none is lost without a status that says so."""

import asyncio
from collections import Counter

import aiohttp
import modal
import pytest

from harness.client_program import modal_cli
from harness.web_client import fetch, host_of, server

APP = "e2e-web-rolling"
REQUESTS = 1_000


def deploy(version: int) -> str:
    done = modal_cli("deploy", "web_rolling.py", environment={"ROLLING_VERSION": str(version)})
    assert done.code == 0, done.output
    return modal.Function.from_name(APP, "rolling").get_web_url()


@pytest.fixture(scope="module")
def url():
    yield deploy(1)
    modal_cli("app", "stop", "--yes", APP)


async def many(url: str, meanwhile, seconds: float) -> Counter:
    """What 1,000 requests were answered, `meanwhile` happening once all are inside."""
    host = {"host": host_of(url)}
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(240)
    ) as session:

        async def one() -> str:
            address = f"http://{server.hostname}:{server.port}/?seconds={seconds}"
            async with session.get(address, headers=host) as answer:
                body = await answer.json(content_type=None)
                return f"version {body['version']}" if answer.status == 200 else f"{answer.status} {body['detail']}"

        asked = [asyncio.create_task(one()) for _ in range(REQUESTS)]
        await asyncio.sleep(seconds / 4)
        await asyncio.to_thread(meanwhile)
        return Counter(await asyncio.gather(*asked))


def test_a_deploy_loses_none_of_a_thousand_requests(url: str):
    assert fetch(url).json == {"version": "1"}
    answers = asyncio.run(many(url, lambda: deploy(2), 12))
    assert set(answers) <= {"version 1", "version 2"}, answers
    assert answers["version 1"] > 0, "what was inside ended in its own version"
    assert fetch(url).json == {"version": "2"}


def test_of_a_stopped_app_the_name_says_that_it_is_stopped(url: str):
    assert modal_cli("app", "stop", "--yes", APP).code == 0
    answer = fetch(url)
    assert answer.status == 404
    assert "is stopped" in answer.json["detail"]
