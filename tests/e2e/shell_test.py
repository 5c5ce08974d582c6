"""A shell in a container of its own, and the sandbox behind it: how it ends is told, and it ends with its app."""

import os
import sys

import modal
import pexpect
import pytest

from harness.client_program import modal_cli

pytestmark = pytest.mark.every_client


def test_a_command_runs_in_a_shell_of_an_image():
    done = modal_cli("shell", "--no-pty", "--cmd", "sh -c 'echo hello from $(id -un) in $(pwd)'")
    assert done.code == 0 and "hello from root in /" in done.output, done.output


def test_a_shell_is_a_terminal():
    shell = pexpect.spawn(
        sys.executable,
        ["-m", "modal", "shell", "--cmd", "/bin/sh"],
        dimensions=(31, 97),
        env={**os.environ, "TERM": "xterm-256color"},
        timeout=90,
        encoding="utf-8",
    )
    shell.expect(r"[$#] ")
    shell.sendline("stty size; test -t 0 && echo a terminal")
    shell.expect("31 97")
    shell.expect("a terminal\r\n")
    shell.expect(r"[$#] ")
    shell.sendcontrol("d")
    shell.expect(pexpect.EOF)
    shell.close()


def test_a_shell_in_the_image_of_a_function():
    done = modal_cli("shell", "--no-pty", "--cmd", "sh -c 'echo inside $MODAL_ENVIRONMENT; python --version'", "talkative.py::say")
    assert done.code == 0 and "inside" in done.output and "Python 3" in done.output, done.output


def test_how_a_sandbox_ends_is_told():
    app = modal.App.lookup("e2e-sandboxes", create_if_missing=True)
    own = modal.Sandbox.create("sh", "-c", "exit 3", app=app)
    own.wait()
    assert own.returncode == 3
    late = modal.Sandbox.create("sleep", "1000", app=app, timeout=2)
    with pytest.raises(modal.exception.SandboxTimeoutError):
        late.wait()
    ended = modal.Sandbox.create("sleep", "1000", app=app)
    process = ended.exec("sh", "-c", "echo $COLOUR; exit 5", env={"COLOUR": "green"}, timeout=60)
    assert process.stdout.read() == "green\n" and process.wait() == 5
    ended.terminate()
    ended.wait(raise_on_termination=False)
    assert ended.returncode == 137
