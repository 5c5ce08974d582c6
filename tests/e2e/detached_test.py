"""Apps that outlive the client that ran them."""

import re
from uuid import uuid4

import modal
import pytest

from harness.client_program import ClientProgram, apps
from harness.eventually import eventually
from harness.platform_api import get, live_tasks


def told() -> modal.Dict:
    return modal.Dict.from_name("detached-told", create_if_missing=True)


def started(word: str) -> tuple[ClientProgram, str]:
    program = ClientProgram("run", "--detach", apps / "detached.py", "--word", word)
    program.wait_for_text("app id:")
    return program, re.search(r"app id: (\S+)", program.output)[1]


def state_of(app_id: str) -> str:
    return get(f"/v1/apps/{app_id}")["state"]


@pytest.mark.every_client
def test_a_detached_app_whose_entrypoint_is_done_has_ended_when_its_client_ends():
    word = uuid4().hex
    told()[word] = True
    program, app_id = started(word)
    done = program.finish()
    assert done.code == 0 and f"done: {word}" in done.output, done.output
    assert "App completed" in done.output and "Timed out" not in done.output, done.output
    eventually(lambda: state_of(app_id) == "stopped", 60, "the app has stopped")


def test_a_detached_app_works_on_after_ctrl_c_and_ends_with_its_work():
    word = uuid4().hex
    told()
    program, app_id = started(word)
    try:
        eventually(lambda: live_tasks(app_id), 120, "a container at work")
        program.interrupt()
        done = program.finish(60)
        assert "will keep running" in done.output, done.output
        assert state_of(app_id) == "running" and live_tasks(app_id)
        told()[word] = True
        eventually(lambda: state_of(app_id) == "stopped", 60, "the app has stopped")
    finally:
        program.end()
        told()[word] = True
