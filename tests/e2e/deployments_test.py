"""Versions of a deployed app: what serves when, what runs on, and how to go back."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import modal
import pytest
from modal.exception import NotFoundError

from harness import platform_api
from harness.client_program import ClientProgram, modal_cli
from harness.edited_app import EXTRA, EditedApp
from harness.eventually import eventually

# Versions follow one another, and each waits for its containers.
pytestmark = pytest.mark.timeout(900)


def function(app: EditedApp, name: str, **options) -> modal.Function:
    return modal.Function.from_name(app.name, name, **options)


class HeldCall:
    """A call that runs until the test lets it end."""

    def __init__(self, app: EditedApp):
        self._gate = modal.Dict.from_name(f"{app.name}-gate", create_if_missing=True)
        self._key = uuid4().hex
        self.call = function(app, "held").spawn(self._key)

    def runs_in(self, version: int) -> None:
        eventually(
            lambda: self._gate.get(f"{self._key}-runs-in") == version, 180, f"the call runs in version {version}"
        )

    def end(self) -> int:
        self._gate[f"{self._key}-may-end"] = True
        return self.call.get(timeout=180)


def cli_json(*words: str):
    done = modal_cli("app", *words, "--json")
    assert done.code == 0, done.output
    return json.loads(done.output)


def fails(*words: str, saying: str) -> None:
    done = modal_cli(*words)
    assert done.code != 0, done.output
    assert saying in done.output
    assert "Traceback" not in done.output


@pytest.mark.every_client
def test_old_containers_finish_what_they_run_and_new_calls_go_to_the_new_version(edited: EditedApp):
    edited.deploy(1)
    held = [HeldCall(edited) for _ in range(3)]
    for call in held:
        call.runs_in(1)
    edited.deploy(2)
    assert function(edited, "version").remote() == 2
    later = HeldCall(edited)
    later.runs_in(2)
    assert [call.end() for call in held] == [1, 1, 1]
    assert later.end() == 2


def test_no_call_is_lost_while_versions_follow_one_another(edited: EditedApp):
    edited.deploy(1)
    version = function(edited, "version")
    calls = [version.spawn() for _ in range(40)]
    for number in (2, 3):
        edited.deploy(number)
        calls += [version.spawn() for _ in range(40)]
    answers = [call.get(timeout=180) for call in calls]
    assert len(answers) == 120 and set(answers) <= {1, 2, 3}
    assert version.remote() == 3


@pytest.mark.every_client
def test_a_deployment_that_changes_nothing_is_skipped(edited: EditedApp):
    edited.deploy(1)
    assert "no changes detected" in edited.deploy(1).output
    assert [entry["version"] for entry in cli_json("history", edited.name)] == ["v1"]


def test_recreate_stops_the_old_containers_and_their_calls_run_again(edited: EditedApp):
    edited.deploy(1)
    held = HeldCall(edited)
    held.runs_in(1)
    assert "Terminating running containers" in edited.deploy(2, "--strategy", "recreate").output
    held.runs_in(2)
    assert held.end() == 2


@pytest.mark.every_client
def test_a_rollback_serves_an_earlier_version_again(edited: EditedApp):
    edited.deploy(1, "--tag", "first")
    edited.deploy(2)
    assert modal_cli("app", "rollback", edited.name).code == 0
    assert function(edited, "version").remote() == 1
    assert modal_cli("app", "rollback", edited.name, "v2").code == 0
    assert function(edited, "version").remote() == 2
    history = cli_json("history", edited.name)
    assert [entry["version"] for entry in history] == ["v4", "v3", "v2", "v1"]
    assert history[-1]["tag"] == "first" and history[-1]["client"] == modal.__version__
    fails("app", "rollback", edited.name, "v4", saying="v4")
    fails("app", "rollback", edited.name, "v9", saying="no version v9")
    fails("app", "rollback", edited.name, "latest", saying="Invalid version specifier")


def test_a_rollover_gives_the_same_version_new_containers(edited: EditedApp):
    edited.deploy(1)
    container = function(edited, "container")
    before = container.remote()
    assert container.remote() == before
    done = modal_cli("app", "rollover", edited.name)
    assert done.code == 0, done.output
    assert container.remote() != before
    assert function(edited, "version").remote() == 1


def test_a_staged_version_serves_when_it_is_promoted(edited: EditedApp):
    edited.deploy(1)
    edited.stage(2)
    assert function(edited, "version").remote() == 1
    fails("app", "rollback", edited.name, "v2", saying="staged")
    assert modal_cli("app", "promote", edited.name, "v2").code == 0
    assert function(edited, "version").remote() == 2
    fails("app", "promote", edited.name, "v1", saying="not staged")


@pytest.mark.every_client
def test_a_function_that_a_deployment_takes_away_finishes_and_is_found_no_more(edited: EditedApp):
    edited.deploy(1, more=EXTRA)
    extra = function(edited, "extra")
    assert extra.remote() == 1
    edited.deploy(2)
    with pytest.raises(NotFoundError, match="extra"):
        function(edited, "extra").remote()
    with pytest.raises(NotFoundError, match="no longer a part"):
        extra.remote()
    edited.deploy(3, more=EXTRA)
    assert function(edited, "extra").remote() == 3


@pytest.mark.every_client
def test_a_deployment_that_fails_half_way_changes_nothing(edited: EditedApp):
    edited.deploy(1)
    edited.write(2, more='@app.function(secrets=[modal.Secret.from_name("no-such-secret")])\ndef broken(): ...\n')
    done = modal_cli("deploy", edited.path.name, cwd=edited.path.parent)
    assert done.code != 0 and "no-such-secret" in done.output
    assert function(edited, "version").remote() == 1
    assert [entry["version"] for entry in cli_json("history", edited.name)] == ["v1"]


def test_a_first_deployment_that_fails_leaves_no_app(edited: EditedApp):
    edited.write(1, more='@app.function(secrets=[modal.Secret.from_name("no-such-secret")])\ndef broken(): ...\n')
    assert modal_cli("deploy", edited.path.name, cwd=edited.path.parent).code != 0
    with pytest.raises(NotFoundError):
        function(edited, "version").remote()
    listed = [app for app in cli_json("list") if app["description"] == edited.name]
    assert [app["state"] for app in listed] == ["stopped"]


def test_two_first_deployments_at_once_make_one_app(edited: EditedApp):
    edited.write(1)
    programs = [ClientProgram("deploy", edited.path.name, cwd=edited.path.parent) for _ in range(2)]
    for program in programs:
        done = program.finish()
        assert done.code == 0, done.output
    assert function(edited, "version").remote() == 1
    assert [app["description"] for app in cli_json("list")].count(edited.name) == 1


def test_many_lookups_at_once_make_one_app():
    name = f"e2e-looked-up-{uuid4().hex[:8]}"
    try:
        with ThreadPoolExecutor(10) as pool:
            looked_up = pool.map(lambda _: modal.App.lookup(name, create_if_missing=True).app_id, range(10))
            assert len(set(looked_up)) == 1
        assert [app["description"] for app in cli_json("list")].count(name) == 1
    finally:
        modal_cli("app", "stop", "--yes", name)


def test_a_lookup_of_a_version_keeps_to_it(edited: EditedApp):
    edited.deploy(1)
    edited.deploy(2)
    assert function(edited, "version", version=1).remote() == 1
    assert function(edited, "version", version=2).remote() == 2
    # What a pinned function calls of its own app is of its version too.
    assert function(edited, "through", version=1).remote() == 1
    assert function(edited, "through").remote() == 2
    greeter = modal.Cls.from_name(edited.name, "Greeter", version=1)
    assert greeter(name="Ada").greet.remote() == "Ada of v1"
    assert modal.Cls.from_name(edited.name, "Greeter")(name="Ada").greet.remote() == "Ada of v2"
    edited.deploy(3)
    assert function(edited, "version", version=2).remote() == 2
    with pytest.raises(NotFoundError, match="no version v9"):
        function(edited, "version", version=9).remote()


def test_settings_that_were_changed_at_run_time_last_until_the_next_deployment(edited: EditedApp):
    edited.deploy(1)
    version = function(edited, "version")
    version.autoscaler.update(max_containers=1)
    assert version.autoscaler.settings().max_containers == 1
    edited.deploy(2)
    assert version.autoscaler.settings().max_containers == 3


def test_tags_are_set_read_and_replaced(edited: EditedApp):
    edited.deploy(1)
    app = modal.App.lookup(edited.name)
    assert dict(app.get_tags()) == {}
    app.set_tags({"team": "ml", "stage": "test"})
    assert dict(app.get_tags()) == {"team": "ml", "stage": "test"}
    app.set_tags({"team": "web"})
    assert dict(modal.App.lookup(edited.name).get_tags()) == {"team": "web"}


@pytest.mark.every_client
def test_a_stopped_app_is_found_by_its_name_until_another_one_has_it(edited: EditedApp):
    edited.deploy(1)
    first = modal.App.lookup(edited.name).app_id
    assert modal_cli("app", "stop", "--yes", edited.name).code == 0
    eventually(
        lambda: "already stopped" in modal_cli("app", "stop", "--yes", edited.name).output, 120, "the app has stopped"
    )
    assert [entry["version"] for entry in cli_json("history", edited.name)] == ["v1"]
    fails("app", "rollback", edited.name, saying="not deployed")
    edited.deploy(2)
    assert modal.App.lookup(edited.name).app_id != first
    assert function(edited, "version").remote() == 2


def test_the_command_line_tells_of_an_app(edited: EditedApp):
    edited.deploy(1)
    app_id = modal.App.lookup(edited.name).app_id
    assert function(edited, "version").remote() == 1
    info = cli_json("info", edited.name)
    assert info["app_id"] == app_id and info["lifecycle"]["version"] == 1
    assert set(info["functions"]) == {"version", "through", "container", "held", "Greeter.*"}
    assert app_id in [app["app_id"] for app in cli_json("list")]
    stats = eventually(
        lambda: (found := cli_json("stats", edited.name))["functions"]["total"]["calls"]["total"] > 0 and found,
        60,
        "the call in the statistics",
    )
    assert stats["functions"]["by_name"]["version"]["counts"]["calls"] == {"total": 1, "succeeded": 1, "failed": 0}
    assert stats["deployment_count"] == 1
    versions = platform_api.get(f"/v1/apps/{app_id}/versions")["items"]
    assert [(entry["version"], entry["kind"], entry["serves"]) for entry in versions] == [(1, "standard", True)]
    assert app_id in modal_cli("app", "dashboard", edited.name).output
    assert modal_cli("app", "logs", edited.name).code == 0


@pytest.mark.parametrize("command", ["history", "info", "stats", "rollback", "rollover", "logs", "dashboard"])
def test_an_unknown_app_is_one_clear_error(command: str):
    fails("app", command, "no-such-app", saying="No App with name 'no-such-app'")


def test_lists_of_an_empty_environment_are_empty():
    environment = f"e2e-empty-{uuid4().hex[:6]}"
    assert modal_cli("environment", "create", environment).code == 0
    try:
        assert cli_json("list", "--env", environment) == []
    finally:
        modal_cli("environment", "delete", "--yes", environment)


def test_serve_takes_an_edit_over(edited: EditedApp):
    edited.write(1)
    program = ClientProgram("serve", edited.path.name, cwd=edited.path.parent)
    try:
        program.wait_for_text("Serving...")
        version = eventually(lambda: served_functions(edited.name, "version"), 60, "the served function")[0]
        assert version.remote() == 1
        program.wait_until_it_watches()
        edited.write(2)
        eventually(lambda: version.remote() == 2, 180, "the edited function")
        edited.write(3)
        eventually(lambda: version.remote() == 3, 180, "the function that was edited again")
        program.interrupt()
        program.finish(60)
    finally:
        program.end()


def test_two_terminals_serve_the_same_file(edited: EditedApp):
    edited.write(1)
    programs = [ClientProgram("serve", edited.path.name, cwd=edited.path.parent) for _ in range(2)]
    try:
        for program in programs:
            program.wait_for_text("Serving...")
            program.wait_until_it_watches()
        both = eventually(lambda: len(found := served_functions(edited.name, "version")) == 2 and found, 60, "both apps")
        edited.write(2)
        eventually(lambda: [version.remote() for version in both] == [2, 2], 180, "the edit in both")
        programs[0].interrupt()
        assert "Traceback" not in programs[0].finish(60).output
        [left] = eventually(lambda: len(found := served_functions(edited.name, "version")) == 1 and found, 60, "one app")
        edited.write(3)
        eventually(lambda: left.remote() == 3, 180, "the edit in the one that is left")
    finally:
        for program in programs:
            program.end()


def test_the_history_tells_the_commit_that_was_deployed(edited: EditedApp):
    edited.write(1)
    folder = edited.path.parent
    named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], [*named, "commit", "-q", "-m", "First"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True).stdout
    edited.deploy(1)
    edited.deploy(2)
    assert [entry["commit"] for entry in cli_json("history", edited.name)] == [f"{head[:7]}*", head[:7]]


def served_functions(description: str, name: str) -> list[modal.Function]:
    """The function of that name of each app that runs without a name, by what the public API lists."""
    apps = [app for app in platform_api.get("/v1/apps")["items"] if app["description"] == description]
    running = [app["id"] for app in apps if app["state"] == "running"]
    found = [
        function["id"]
        for app_id in running
        for function in platform_api.get(f"/v1/functions?app={app_id}")["items"]
        if function["tag"] == name
    ]
    return [modal.Function.from_id(function_id) for function_id in found]
