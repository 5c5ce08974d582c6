"""Names of apps: which app has one, whoever asks at once, and what is told of it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import modal
import pytest
from modal.exception import NotFoundError

from harness import platform_api
from harness.app_commands import app_fails, app_json
from harness.client_program import ClientProgram, modal_cli
from harness.edited_app import EditedApp
from harness.eventually import eventually

# Versions follow one another, and each waits for its containers.
pytestmark = pytest.mark.timeout(900)


def test_a_first_deployment_that_fails_leaves_no_app(edited: EditedApp):
    edited.write(1, more='@app.function(secrets=[modal.Secret.from_name("no-such-secret")])\ndef broken(): ...\n')
    assert modal_cli("deploy", edited.path.name, cwd=edited.path.parent).code != 0
    with pytest.raises(NotFoundError):
        edited.function("version").remote()
    listed = [app for app in app_json("list") if app["description"] == edited.name]
    assert [app["state"] for app in listed] == ["stopped"]


def test_two_first_deployments_at_once_make_one_app(edited: EditedApp):
    edited.write(1)
    programs = [ClientProgram("deploy", edited.path.name, cwd=edited.path.parent) for _ in range(2)]
    for program in programs:
        done = program.finish()
        assert done.code == 0, done.output
    assert edited.function("version").remote() == 1
    assert [app["description"] for app in app_json("list")].count(edited.name) == 1


def test_many_lookups_at_once_make_one_app():
    name = f"e2e-looked-up-{uuid4().hex[:8]}"
    try:
        with ThreadPoolExecutor(10) as pool:
            looked_up = pool.map(lambda _: modal.App.lookup(name, create_if_missing=True).app_id, range(10))
            assert len(set(looked_up)) == 1
        assert [app["description"] for app in app_json("list")].count(name) == 1
    finally:
        modal_cli("app", "stop", "--yes", name)


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
    assert [entry["version"] for entry in app_json("history", edited.name)] == ["v1"]
    app_fails("rollback", edited.name, saying="not deployed")
    edited.deploy(2)
    assert modal.App.lookup(edited.name).app_id != first
    assert edited.function("version").remote() == 2


def test_the_command_line_tells_of_an_app(edited: EditedApp):
    edited.deploy(1)
    app_id = modal.App.lookup(edited.name).app_id
    assert edited.function("version").remote() == 1
    info = app_json("info", edited.name)
    assert info["app_id"] == app_id and info["lifecycle"]["version"] == 1
    assert set(info["functions"]) == {"version", "through", "container", "held", "Greeter.*"}
    assert app_id in [app["app_id"] for app in app_json("list")]
    stats = eventually(
        lambda: (found := app_json("stats", edited.name))["functions"]["total"]["calls"]["total"] > 0 and found,
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
    app_fails(command, "no-such-app", saying="No App with name 'no-such-app'")


def test_lists_of_an_empty_environment_are_empty():
    environment = f"e2e-empty-{uuid4().hex[:6]}"
    assert modal_cli("environment", "create", environment).code == 0
    try:
        assert app_json("list", "--env", environment) == []
    finally:
        modal_cli("environment", "delete", "--yes", environment)
