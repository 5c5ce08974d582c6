"""Every command of the client's groups ends well: a list is a list, and what does not exist is one clear error."""

import json

import pytest

from harness.every_command import MISSING, Answer, Command, answers, every_command

pytestmark = pytest.mark.every_client

# What a command needs beside a name; where nothing is said, MISSING stands for each argument.
ARGUMENTS = {
    "app rollback": [MISSING, "1"],
    "app promote": [MISSING, "1"],
    "container exec": [f"ta-{'0' * 26}", "--", "true"],
    "dict get": [MISSING, "key"],
    "function autoscaler update": [f"{MISSING}.f", "--min-containers", "1"],
    "secret create": [MISSING, "not-a-pair"],
    "server autoscaler update": [f"{MISSING}.f", "--min-containers", "1"],
    "volume cp": [MISSING, "a", "b"],
    "volume get": [MISSING, "a", "/dev/null"],
    "volume put": [MISSING, "/etc/hostname", "a"],
    "volume rename": [MISSING, "other"],
}
# A thing that does not exist yet is what these are for.
MAKERS = {"dict create", "environment create", "queue create", "volume create"}

commands = every_command()
lists = [command for command in commands if not command.arguments]
askers = [command for command in commands if command.arguments and command.path not in MAKERS]


def line_of(command: Command) -> list[str]:
    words = command.path.split()
    arguments = ARGUMENTS.get(command.path, [MISSING] * len(command.arguments))
    return [*words, *(["--yes"] if command.confirms else []), *arguments]


@pytest.fixture(scope="module")
def said() -> dict[str, Answer]:
    plain = {command.path: line_of(command) for command in commands if command.path not in MAKERS}
    as_json = {f"{c.path} --json": [*c.path.split(), "--json"] for c in lists if c.takes_json}
    lines = plain | as_json
    return dict(zip(lines, answers(list(lines.values())), strict=True))


@pytest.mark.parametrize("command", lists, ids=lambda command: command.path)
def test_a_command_without_arguments_answers(command: Command, said: dict[str, Answer]):
    answer = said[command.path]
    assert answer.code == 0, answer.output
    if command.takes_json:
        # What an older client says after its list is for people.
        json.JSONDecoder().raw_decode(said[f"{command.path} --json"].output.lstrip())


@pytest.mark.parametrize("command", askers, ids=lambda command: command.path)
def test_what_does_not_exist_is_one_clear_error(command: Command, said: dict[str, Answer]):
    answer = said[command.path]
    assert answer.code in (1, 2), f"{answer.code}: {answer.output}"
    assert answer.output.strip(), "an error without a word"
    assert "Traceback" not in answer.output, answer.output
    assert "does not answer" not in answer.output, answer.output
    assert "does not implement" not in answer.output, answer.output


def test_the_groups_are_there():
    assert len(commands) > 40
