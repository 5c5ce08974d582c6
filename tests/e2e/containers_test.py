"""Containers are listed, entered and stopped: from the command line, with a terminal and without."""

import json
import os
import time
import uuid

import modal
import pexpect
import pytest

from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.platform_api import get, live_tasks

pytestmark = pytest.mark.every_client
APP = "e2e-talkative"
PROMPT = r"bash-[0-9.]+[#$] "


@pytest.fixture(scope="module", autouse=True)
def deployed():
    done = modal_cli("deploy", "talkative.py")
    assert done.code == 0, done.output
    yield
    modal_cli("app", "stop", "--yes", APP)


@pytest.fixture
def container() -> str:
    """A container that waits for its next input."""
    say = modal.Function.from_name(APP, "say").hydrate()
    say.remote("here I am")
    [app] = [app for app in get("/v1/apps?limit=100")["items"] if app.get("name") == APP and app["state"] == "running"]
    live = [task for task in live_tasks(app["id"]) if task["functionId"] == say.object_id]
    return live[0]["id"]


def listed(*words: str) -> list[dict]:
    done = modal_cli("container", "list", "--json", *words)
    assert done.code == 0, done.output
    return json.loads(done.output)


def exec_in(container: str, *command: str) -> str:
    done = modal_cli("container", "exec", "--no-pty", container, "--", *command)
    assert done.code == 0, done.output
    return done.output


def terminal(*words: str, rows: int = 33, columns: int = 99) -> pexpect.spawn:
    import sys

    return pexpect.spawn(
        sys.executable,
        ["-m", "modal", *words],
        dimensions=(rows, columns),
        env={**os.environ, "TERM": "xterm-256color"},
        timeout=60,
        encoding="utf-8",
    )


def test_a_container_is_in_the_list_while_it_lives(container: str):
    [found] = [row for row in listed() if row["container_id"] == container]
    assert found["app_name"] == APP and found["app_id"].startswith("ap-") and found["start_time"]
    assert container in [row["container_id"] for row in listed("--app-id", found["app_id"])]
    assert modal_cli("container", "list").code == 0


def test_the_logs_of_one_container(container: str):
    def said() -> bool:
        done = modal_cli("container", "logs", container)
        assert done.code == 0, done.output
        return "here I am 0" in done.lines

    eventually(said, 120, "the container's line")


def test_a_command_runs_as_the_containers_own_program_does(container: str):
    shown = exec_in(container, "sh", "-c", "id -u; pwd; echo $MODAL_TASK_ID; env; echo oops >&2")
    # Two streams: which of them is seen first, nobody promises.
    said = shown.splitlines()
    assert [line for line in said if line != "oops"][:3] == ["0", "/root", container] and "oops" in said
    assert "TOKEN" not in shown and "SECRET" not in shown


def test_much_output_arrives_whole(container: str):
    shown = exec_in(container, "sh", "-c", "seq 1 300000")
    assert shown.split() == [str(number) for number in range(1, 300_001)]


def test_a_terminal_has_its_size_its_colours_and_its_keys(container: str):
    shell = terminal("container", "exec", "--pty", container, "--", "bash", "--norc", "--noprofile")
    shell.expect(PROMPT)
    shell.sendline("stty size; echo term=$TERM; test -t 0 && echo a terminal")
    shell.expect("33 99")
    shell.expect("term=xterm-256color")
    shell.expect("a terminal\r\n")
    shell.sendline(r"printf '\033[31mred\033[0m\n'")
    shell.expect_exact("\x1b[31mred")
    # The shell hands its terminal over while it starts a program: only what that program says tells that what is typed, and Ctrl-C,
    # will reach it.
    shell.sendline("sh -c 'echo $0 $((1+1)); exec cat' ready")
    shell.expect("ready 2\r\n")
    shell.sendline("echoed by cat")
    shell.expect("echoed by cat\r\nechoed by cat\r\n")
    shell.sendcontrol("c")
    shell.expect(PROMPT)
    shell.sendline("echo after $?; sh -c 'echo $0; exec sleep 1000' asleep")
    shell.expect("after 130\r\nasleep\r\n")
    shell.sendcontrol("c")
    shell.expect(PROMPT)
    shell.sendline("echo $?, still here")
    shell.expect("130, still here\r\n")
    shell.expect(PROMPT)
    shell.sendcontrol("d")
    shell.expect(pexpect.EOF)
    shell.close()


def test_programs_that_have_ended_make_room_for_others():
    """More than are remembered, in one client, some at a time."""
    entered = modal.Sandbox.create("sleep", "1000", app=modal.App.lookup("e2e-entered", create_if_missing=True))
    for _ in range(11):
        programs = [entered.exec("true") for _ in range(10)]
        assert [program.wait() for program in programs] == [0] * 10
    entered.terminate()


def test_a_stopped_container_is_gone_and_the_next_one_takes_the_work(container: str):
    done = modal_cli("container", "stop", "--yes", container)
    assert done.code == 0, done.output
    eventually(lambda: container not in [row["container_id"] for row in listed()], 120, "the end of the container")
    again = modal_cli("container", "stop", "--yes", container)
    assert again.code != 0 and "already stopped" in again.output, again.output
    late = modal_cli("container", "exec", "--no-pty", container, "--", "true")
    assert late.code != 0 and "has ended" in late.output and "Traceback" not in late.output, late.output
    assert modal.Function.from_name(APP, "say").remote("next") == "next"


@pytest.mark.parametrize("stops", [[[]], [["--graceful"], []]], ids=["stopped", "first-gracefully"])
def test_an_async_input_whose_container_is_stopped_runs_again(stops: list[list[str]]):
    name = uuid.uuid4().hex
    call = modal.Function.from_name(APP, "outlast").spawn(name)
    containers = modal.Dict.from_name("e2e-talkative", create_if_missing=True)
    working = eventually(lambda: containers.get(name), 180, "the call runs")
    for how in stops:
        done = modal_cli("container", "stop", "--yes", *how, working)
        assert done.code == 0, done.output
    assert call.get(timeout=180) == name


def test_a_container_that_is_stopped_gracefully_finishes_its_input_first():
    linger = modal.Function.from_name(APP, "linger")
    containers = modal.Dict.from_name("e2e-talkative", create_if_missing=True)
    name, later = uuid.uuid4().hex, uuid.uuid4().hex
    call = linger.spawn(name)
    working = eventually(lambda: containers.get(name), 180, "the call runs")
    done = modal_cli("container", "stop", "--yes", "--graceful", working)
    assert done.code == 0, done.output
    next_call = linger.spawn(later)
    other = eventually(lambda: containers.get(later), 180, "the next call runs")
    assert other != working
    for name_of_one in (name, later):
        containers.put(f"{name_of_one} may go", True)
    assert (call.get(timeout=180), next_call.get(timeout=180)) == (working, other)
    assert containers.get(name) == working, "it ran once"
    eventually(lambda: working not in [row["container_id"] for row in listed()], 120, "the end of the container")


@pytest.mark.parametrize("command", [["stop", "--yes"], ["exec", "--no-pty"], ["logs"]])
def test_an_unknown_container_is_one_clear_error(command: list[str]):
    unknown = f"ta-{uuid.uuid4().hex}"
    done = modal_cli("container", *command, unknown, *(["true"] if command[0] == "exec" else []))
    assert done.code != 0 and f"there is no container {unknown}" in done.output, done.output
    assert "Traceback" not in done.output
