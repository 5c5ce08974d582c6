"""1,000 requests in flight while a deploy rolls over: none is lost, and each ends in the version that it began in."""

import asyncio
import uuid
from collections import Counter

import aiohttp
import pytest

from harness.client_program import modal_cli
from harness.held_requests import HeldRequests, board
from harness.rolling_app import APP, deploy
from harness.web_client import fetch

pytestmark = pytest.mark.timeout(900)

REQUESTS = 1_000


@pytest.fixture(scope="module")
def url():
    board.clear()
    yield deploy(1)
    modal_cli("app", "stop", "--yes", APP)


async def deploy_while_others_ask(held: HeldRequests) -> None:
    """Deploys version 2 while requests that are not held come one after the other: none of them may notice."""
    over = asyncio.Event()
    quick: list = []

    async def ask_on() -> None:
        async with aiohttp.ClientSession() as session:
            while not over.is_set() or quick[-1].said["version"] != "2":
                quick.append(await held.ask(session, "GET", "/"))
                assert quick[-1].status == 200, quick[-1]

    asking = asyncio.create_task(ask_on())
    await asyncio.to_thread(deploy, 2)
    over.set()
    await asyncio.wait_for(asking, 300)
    versions = [answer.said["version"] for answer in quick]
    assert versions == sorted(versions), "once the new version answers, the old one takes no new requests"


def test_a_deploy_loses_none_of_a_thousand_requests(url: str):
    assert fetch(url).json["version"] == "1"
    held = HeldRequests(url, uuid.uuid4().hex, ["GET", "POST"] * (REQUESTS // 2))
    answers = asyncio.run(held.run(deploy_while_others_ask))
    assert Counter((answer.status, answer.said.get("version")) for answer in answers) == {(200, "1"): REQUESTS}
    assert fetch(url).json["version"] == "2"


def test_of_a_stopped_app_the_name_says_that_it_is_stopped(url: str):
    assert modal_cli("app", "stop", "--yes", APP).code == 0
    answer = fetch(url)
    assert answer.status == 404
    assert "is stopped" in answer.json["detail"]
