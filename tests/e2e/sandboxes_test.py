"""Code in a container makes sandboxes, waits for them and ends them, and holds no token."""

import os

import modal
import pytest
from sandbox_maker import app, command, end, run, start

pytestmark = pytest.mark.every_client


@pytest.fixture(scope="module", autouse=True)
def sandbox_maker(running):
    return running(app)


@pytest.fixture(scope="module")
def image_id(sandbox_maker) -> str:
    return modal.Image.debian_slim().build(app).object_id


def test_a_function_runs_a_program_in_a_sandbox_and_has_its_exit_code(image_id: str):
    assert run.remote(image_id, "sh", "-c", "exit 3") == 3


def test_a_sandbox_of_a_function_is_commanded_from_outside_and_ended_by_a_function(image_id: str):
    sandbox_id = start.remote(image_id)
    sandbox = modal.Sandbox.from_id(sandbox_id)
    process = sandbox.exec("echo", "hello")
    assert process.stdout.read() == "hello\n" and process.wait() == 0
    assert end.remote(sandbox_id) == 137
    sandbox.wait(raise_on_termination=False)
    assert sandbox.returncode == 137


def test_a_command_whose_output_nobody_reads_ends_and_its_output_is_whole_then(image_id: str):
    sandbox = modal.Sandbox.from_id(start.remote(image_id))
    process = sandbox.exec("seq", "1", "1000000")
    assert process.wait() == 0
    lines = process.stdout.read().splitlines()
    assert len(lines) == 1_000_000 and lines[-1] == "1000000"
    sandbox.terminate()


@pytest.mark.skipif(os.environ["MODAL_SERVER_URL"].startswith("https"), reason="with TLS the command is run")
def test_a_function_that_commands_a_sandbox_is_told_that_clients_want_tls_for_that(image_id: str):
    sandbox_id = start.remote(image_id)
    assert "GATEWAY_TLS_CERT" in command.remote(sandbox_id)
    assert end.remote(sandbox_id) == 137
