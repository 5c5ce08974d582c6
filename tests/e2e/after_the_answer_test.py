"""What a function still does after it has answered ends in peace: scale-down waits for it, and others go on."""

import time

import pytest
from after_the_answer import WORK_S, Careful, answer_and_work, app

from harness.client_program import ClientProgram
from harness.eventually import eventually
from harness.platform_api import tasks_of


@pytest.fixture(scope="module", autouse=True)
def running_app(running):
    return running(app)


@pytest.fixture(scope="module")
def logs(running_app):
    program = ClientProgram("app", "logs", "--follow", running_app.app_id)
    yield program
    program.end()


def task_of(task_id: str) -> dict:
    return next((task for task in tasks_of(app.app_id) if task["id"] == task_id), {})


def is_leaving(task_id: str) -> bool:
    return task_of(task_id).get("state") == "stopping"


@pytest.mark.every_client
def test_a_thread_works_on_while_its_container_answers_others_and_leaves(logs: ClientProgram):
    task_id = answer_and_work.remote()
    started = time.monotonic()
    assert answer_and_work.remote() == task_id, "the same container answers while it works"
    assert time.monotonic() - started < WORK_S / 2
    eventually(lambda: is_leaving(task_id), 30, "the idle container is told to go")
    assert answer_and_work.remote() != task_id, "a new input goes to another container meanwhile"
    logs.wait_for_text("the work is done", within_s=60)
    eventually(lambda: task_of(task_id).get("reason") == "idle" and task_of(task_id).get("endedAt"), 60, "its end")
    assert logs.output.count("the work is done") >= 2, "each thread of the container came to its end"


def test_an_exit_hook_has_its_time(logs: ClientProgram):
    task_id = Careful().answer.remote()
    logs.wait_for_text("all is tidy", within_s=60)
    eventually(lambda: task_of(task_id).get("endedAt"), 30, "its end")
    assert task_of(task_id)["reason"] == "idle"
