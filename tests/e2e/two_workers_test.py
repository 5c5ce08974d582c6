"""Two workers on one machine; one is lost."""

import os
import signal

import pytest
from steady import app, where

from harness.eventually import eventually
from harness.platform_api import live_tasks
from harness.second_worker import a_second_worker
from harness.supervisor import platform_processes

pytestmark = [pytest.mark.heavy, pytest.mark.restarts]

INPUTS = 300


def workers_at_work() -> set[str]:
    return {task["workerId"] for task in live_tasks(app.app_id) if task["state"] == "ready"}


def test_the_inputs_of_a_lost_worker_finish_on_the_other():
    with a_second_worker() as second, app.run():
        results = iter(where.map(range(INPUTS)))
        got = [next(results)]
        eventually(lambda: len(workers_at_work()) == 2, 60, "containers on both workers", every_s=0.5)
        # Frozen, not ended: so the supervisor does not bring it back, and its silence is all that tells of its loss.
        pid = platform_processes()[second].pid
        os.kill(pid, signal.SIGSTOP)
        try:
            got.extend(results)
        finally:
            os.kill(pid, signal.SIGKILL)
        assert [x for x, _ in got] == list(range(INPUTS))
        assert not [worker for worker in workers_at_work() if second in worker]
