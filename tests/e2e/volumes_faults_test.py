"""Volumes when workers die."""

import random
import time
import uuid

import pytest
from volumes import Container, app

from harness.supervisor import kill_nine, wait_until_replaced

pytestmark = [pytest.mark.heavy, pytest.mark.restarts]

FILES = 100
KILLS = 2


def test_a_commit_that_its_workers_death_interrupts_is_whole_or_not_there():
    moments = random.Random(4)
    folder = f"generations-{uuid.uuid4().hex[:12]}"
    with app.run():
        Container(name="writer").generation.remote(folder, FILES, 0)
        for number in range(1, KILLS + 1):
            call = Container(name="writer").generation.spawn(folder, FILES, number)
            # Any moment may be the one: before, within and after the commit.
            time.sleep(moments.uniform(0.2, 2))
            wait_until_replaced("worker-1", kill_nine("worker-1"))
            seen = Container(name=f"reader-{number}").generations.remote(folder)
            assert seen in ([f"{number - 1}"], [f"{number}"])
            call.get(timeout=120)
            assert Container(name=f"reader-{number}").generations.remote(folder) == [f"{number}"]
