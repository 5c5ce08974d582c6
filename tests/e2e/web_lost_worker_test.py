"""1,000 requests in flight while one of two workers dies: idempotent ones run again elsewhere, the others are told."""

import asyncio
import os
import uuid
from collections import Counter

import modal
import pytest

from harness.client_program import modal_cli
from harness.held_requests import HeldRequests, board
from harness.platform_api import live_tasks
from harness.rolling_app import APP, deploy
from harness.second_worker import a_second_worker
from harness.supervisor import kill_nine
from harness.web_client import fetch

pytestmark = [pytest.mark.heavy, pytest.mark.restarts, pytest.mark.timeout(900)]

# Mixed, so that each container has some of both.
METHODS = (["GET"] * 7 + ["POST"] * 3) * 100
GETS = METHODS.count("GET")


@pytest.fixture(scope="module")
def victim():
    with a_second_worker() as second:
        yield second


@pytest.fixture(scope="module")
def url(victim: str):
    board.clear()
    # Four of these containers are more than one worker has room for, and two workers have.
    yield deploy(1, cpu=0.35 * (os.cpu_count() or 2))
    modal_cli("app", "stop", "--yes", APP)


def test_requests_of_a_killed_worker_run_elsewhere_or_say_that_they_may_have_run(url: str, victim: str):
    app_id = modal.App.lookup(APP).app_id
    lost: Counter[str] = Counter()

    async def kill_the_worker(held: HeldRequests) -> None:
        workers = {task["id"]: task["workerId"] for task in live_tasks(app_id)}
        before = await held.inside()
        lost.update({task: count.total() for task, count in before.items() if victim in workers[task]})
        assert 0 < lost.total() < len(METHODS), f"requests are inside on both workers: {before}, {workers}"
        kill_nine(victim)
        # What is idempotent comes in again, in containers that are alive.
        await held.until_inside(Counter(GET=GETS), among=lambda task: task not in lost)

    held = HeldRequests(url, uuid.uuid4().hex, METHODS)
    answers = asyncio.run(held.run(kill_the_worker))
    statuses = {
        method: Counter(answer.status for answer in answers if answer.method == method) for method in ("GET", "POST")
    }
    assert statuses["GET"] == {200: GETS}, statuses
    assert set(statuses["POST"]) <= {200, 502}, statuses
    assert not [answer for answer in answers if answer.status == 200 and answer.said["task"] in lost]
    refused = [answer.said for answer in answers if answer.status == 502]
    assert refused, "some POST was inside the worker that died"
    assert all("may have run" in said["detail"] and said["requestId"] for said in refused)
    assert fetch(url).status == 200
