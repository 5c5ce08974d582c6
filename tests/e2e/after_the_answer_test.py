"""What a function still does after it has answered ends in peace: scale-down waits for it, and others go on."""

import socket

import pytest
from after_the_answer import Careful, answer_and_work, app

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
    # One after the other without a pause, so that the container is not idle between them.
    (task_id, first), (same_id, second) = answer_and_work.map(range(2))
    assert same_id == task_id, "the same container answers while it works"
    eventually(lambda: is_leaving(task_id), 60, "the idle container is told to go")
    other_id, other = answer_and_work.remote(2)
    assert other_id != task_id, "a new input goes to another container meanwhile"
    assert is_leaving(task_id) and "is done" not in logs.output
    for gate in (first, second, other):
        socket.create_connection(gate, 10).close()
    done = f"the work in {task_id} is done"
    eventually(lambda: logs.output.count(done) == 2, 60, "each thread of the container came to its end")
    eventually(lambda: task_of(task_id).get("endedAt"), 60, "its end")
    assert task_of(task_id)["reason"] == "idle"


def test_an_exit_hook_has_its_time(logs: ClientProgram):
    task_id = Careful().answer.remote()
    logs.wait_for_text("all is tidy", within_s=60)
    eventually(lambda: task_of(task_id).get("endedAt"), 30, "its end")
    assert task_of(task_id)["reason"] == "idle"
