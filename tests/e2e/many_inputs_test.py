"""Very many inputs, and a person who loses patience."""

import re

import pytest

from harness.client_program import ClientProgram, apps, modal_run
from harness.container_processes import container_processes, wait_until_none_is_left
from harness.eventually import eventually
from harness.platform_api import live_tasks, tasks_of

# Each of the inputs takes ten minutes, and a client that is merely silent is given up after three.
GONE_WITHIN_S = 60


# How fast they are is for the benchmark to say.
@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_ten_thousand_inputs_are_done_once_each_by_four_containers_or_more():
    done = modal_run("many.py", within_s=800)
    assert done.code == 0, done.output
    assert "results: 10000" in done.output
    assert int(re.search(r"containers: (\d+)", done.output)[1]) >= 4


def test_ctrl_c_in_the_middle_of_a_map_ends_its_containers():
    program = ClientProgram("run", apps / "endless.py")
    try:
        program.wait_for_text("app id:")
        app_id = re.search(r"app id: (\S+)", program.output)[1]
        eventually(
            lambda: len(set(re.findall(r"in (ta-\S+)", program.output))) >= 4, 180, "four containers at work"
        )
        at_work = {task["id"] for task in live_tasks(app_id)}
        assert len(at_work) >= 4 and container_processes(at_work)
        program.interrupt()
        wait_until_none_is_left({task["id"] for task in tasks_of(app_id)}, GONE_WITHIN_S)
        eventually(lambda: not live_tasks(app_id), GONE_WITHIN_S, "no container is listed any more", every_s=0.5)
        done = program.finish(60)
    finally:
        program.end()
    assert "App aborted" in done.output and "Traceback" not in done.output, done.output
    assert {task["reason"] for task in tasks_of(app_id)} == {"app-stopped"}
