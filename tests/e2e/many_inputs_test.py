"""Very many inputs, and a person who loses patience."""

import re
import time

import pytest

from harness.client_program import ClientProgram, apps, modal_run
from harness.container_processes import container_processes, wait_until_none_is_left
from harness.eventually import eventually
from harness.platform_api import live_tasks, tasks_of

GONE_WITHIN_S = 5


# How fast they are is for the benchmark to say.
@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_ten_thousand_inputs_are_done_once_each_by_four_containers_or_more():
    done = modal_run("many.py", within_s=800)
    assert done.code == 0, done.output
    assert "results: 10000" in done.output
    assert int(re.search(r"containers: (\d+)", done.output)[1]) >= 4


# Measures how soon they are gone.
@pytest.mark.alone
def test_ctrl_c_in_the_middle_of_a_map_ends_its_containers_within_5_seconds():
    program = ClientProgram("run", apps / "endless.py")
    try:
        program.wait_for_text("app id:")
        app_id = re.search(r"app id: (\S+)", program.output)[1]
        eventually(
            lambda: len(set(re.findall(r"in (ta-\S+)", program.output))) >= 4, 120, "four containers at work"
        )
        at_work = {task["id"] for task in live_tasks(app_id)}
        assert len(at_work) >= 4 and container_processes(at_work)
        program.interrupt()
        interrupted_at = time.monotonic()
        wait_until_none_is_left({task["id"] for task in tasks_of(app_id)}, GONE_WITHIN_S)
        left_s = GONE_WITHIN_S - (time.monotonic() - interrupted_at)
        eventually(lambda: not live_tasks(app_id), left_s, "no container is listed any more", every_s=0.5)
        done = program.finish(30)
    finally:
        program.end()
    assert "App aborted" in done.output and "Traceback" not in done.output, done.output
    assert {task["reason"] for task in tasks_of(app_id)} == {"app-stopped"}
