"""Every command of the client's command line, and what each says of a thing that does not exist."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import click

GROUPS = ("app", "container", "dict", "environment", "function", "image", "profile", "queue", "secret", "server", "token", "volume")
# Money is the billing service's, which answers for it elsewhere.
MONEY = {"environment billing report", "environment billing summary"}
# These ask a person, open a browser, or write a file of settings: they have tests of their own.
INTERACTIVE = {"token new", "token set", "token rotate", "profile activate", "image build", "server deploy"}
MISSING = "no-such-thing"


@dataclass(frozen=True)
class Command:
    path: str
    arguments: tuple[str, ...]
    takes_json: bool
    confirms: bool


@dataclass(frozen=True)
class Answer:
    code: int
    output: str


def every_command() -> list[Command]:
    from modal.cli.entry_point import entrypoint_cli

    return [command for command in _walk(entrypoint_cli, ()) if command.path not in INTERACTIVE | MONEY]


def _walk(command: click.Command, path: tuple[str, ...]):
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if path or name in GROUPS:
                yield from _walk(command.get_command(context, name), (*path, name))
        return
    options = {option for parameter in command.params for option in parameter.opts}
    arguments = tuple(
        parameter.name for parameter in command.params if isinstance(parameter, click.Argument) and parameter.required
    )
    yield Command(" ".join(path), arguments, "--json" in options, "--yes" in options)


def answers(lines: list[list[str]]) -> list[Answer]:
    """Runs the command lines one after another, each in a fork of one client: importing it for each costs a second."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps(lines),
        env={**os.environ, "COLUMNS": "200", "MODAL_LOGLEVEL": "WARNING"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [Answer(**answer) for answer in json.loads(done.stdout.splitlines()[-1])]


_PROGRAM = """
import json, os, signal, sys, tempfile
import modal.__main__

def answer(line):
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            with open(os.devnull) as nothing:
                os.dup2(nothing.fileno(), 0)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            sys.argv = ["modal", *line]
            # A command that waits for ever ends by this signal, and its code tells.
            signal.alarm(30)
            modal.__main__.main()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "output": output.read().decode()}

print(json.dumps([answer(line) for line in json.load(sys.stdin)]))
"""
