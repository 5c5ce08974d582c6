"""Containers on two workers that meet in one volume."""

import uuid

import pytest
from volume_pair import app, meet

from harness.platform_api import tasks_of
from harness.second_worker import a_second_worker

pytestmark = [pytest.mark.heavy, pytest.mark.restarts]


def test_containers_on_two_workers_see_what_the_other_committed():
    meeting = uuid.uuid4().hex
    with a_second_worker(), app.run():
        found = list(meet.starmap([(meeting, "ada", "eve"), (meeting, "eve", "ada")]))
        assert found == ["from eve", "from ada"]
        assert len({task["workerId"] for task in tasks_of(app.app_id)}) == 2
