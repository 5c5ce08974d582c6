"""Versions of a deployed app: what serves when, what runs on, and how to go back."""

import subprocess
from uuid import uuid4

import modal
import pytest
from modal.exception import NotFoundError

from harness.app_commands import app_fails, app_json
from harness.client_program import modal_cli
from harness.edited_app import EXTRA, EditedApp
from harness.eventually import eventually
from harness.web_client import fetch

# Versions follow one another, and each waits for its containers.
pytestmark = pytest.mark.timeout(900)


class HeldCall:
    """A call that runs until the test lets it end."""

    def __init__(self, app: EditedApp):
        self._gate = modal.Dict.from_name(f"{app.name}-gate", create_if_missing=True)
        self._key = uuid4().hex
        self.call = app.function("held").spawn(self._key)

    def runs_in(self, version: int) -> None:
        eventually(
            lambda: self._gate.get(f"{self._key}-runs-in") == version, 180, f"the call runs in version {version}"
        )

    def end(self) -> int:
        self._gate[f"{self._key}-may-end"] = True
        return self.call.get(timeout=180)


@pytest.mark.every_client
def test_old_containers_finish_what_they_run_and_new_calls_go_to_the_new_version(edited: EditedApp):
    edited.deploy(1)
    held = [HeldCall(edited) for _ in range(3)]
    for call in held:
        call.runs_in(1)
    edited.deploy(2)
    assert edited.function("version").remote() == 2
    later = HeldCall(edited)
    later.runs_in(2)
    assert [call.end() for call in held] == [1, 1, 1]
    assert later.end() == 2


def test_no_call_is_lost_while_versions_follow_one_another(edited: EditedApp):
    edited.deploy(1)
    version = edited.function("version")
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
    assert [entry["version"] for entry in app_json("history", edited.name)] == ["v1"]


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
    assert edited.function("version").remote() == 1
    assert modal_cli("app", "rollback", edited.name, "v2").code == 0
    assert edited.function("version").remote() == 2
    history = app_json("history", edited.name)
    assert [entry["version"] for entry in history] == ["v4", "v3", "v2", "v1"]
    assert history[-1]["tag"] == "first" and history[-1]["client"] == modal.__version__
    app_fails("rollback", edited.name, "v4", saying="v4")
    app_fails("rollback", edited.name, "v9", saying="no version v9")
    app_fails("rollback", edited.name, "latest", saying="Invalid version specifier")


def test_a_rollover_gives_the_same_version_new_containers(edited: EditedApp):
    edited.deploy(1)
    container = edited.function("container")
    before = container.remote()
    assert container.remote() == before
    done = modal_cli("app", "rollover", edited.name)
    assert done.code == 0, done.output
    assert container.remote() != before
    assert edited.function("version").remote() == 1


def test_a_staged_version_serves_when_it_is_promoted(edited: EditedApp):
    edited.deploy(1)
    edited.stage(2)
    assert edited.function("version").remote() == 1
    app_fails("rollback", edited.name, "v2", saying="staged")
    assert modal_cli("app", "promote", edited.name, "v2").code == 0
    assert edited.function("version").remote() == 2
    app_fails("promote", edited.name, "v1", saying="not staged")


@pytest.mark.every_client
def test_a_function_that_a_deployment_takes_away_finishes_and_is_found_no_more(edited: EditedApp):
    edited.deploy(1, more=EXTRA)
    extra = edited.function("extra")
    assert extra.remote() == 1
    edited.deploy(2)
    with pytest.raises(NotFoundError, match="extra"):
        edited.function("extra").remote()
    with pytest.raises(NotFoundError, match="no longer a part"):
        extra.remote()
    edited.deploy(3, more=EXTRA)
    assert edited.function("extra").remote() == 3


@pytest.mark.every_client
def test_a_deployment_that_fails_half_way_changes_nothing(edited: EditedApp):
    edited.deploy(1)
    edited.write(2, more='@app.function(secrets=[modal.Secret.from_name("no-such-secret")])\ndef broken(): ...\n')
    done = modal_cli("deploy", edited.path.name, cwd=edited.path.parent)
    assert done.code != 0 and "no-such-secret" in done.output
    assert edited.function("version").remote() == 1
    assert [entry["version"] for entry in app_json("history", edited.name)] == ["v1"]


def test_a_lookup_of_a_version_keeps_to_it(edited: EditedApp):
    edited.deploy(1)
    edited.deploy(2)
    assert edited.function("version", version=1).remote() == 1
    assert edited.function("version", version=2).remote() == 2
    # What a pinned function calls of its own app is of its version too.
    assert edited.function("through", version=1).remote() == 1
    assert edited.function("through").remote() == 2
    greeter = modal.Cls.from_name(edited.name, "Greeter", version=1)
    assert greeter(name="Ada").greet.remote() == "Ada of v1"
    assert modal.Cls.from_name(edited.name, "Greeter")(name="Ada").greet.remote() == "Ada of v2"
    edited.deploy(3)
    assert edited.function("version", version=2).remote() == 2
    with pytest.raises(NotFoundError, match="no version v9"):
        edited.function("version", version=9).remote()


def test_settings_that_were_changed_at_run_time_last_until_the_next_deployment(edited: EditedApp):
    edited.deploy(1)
    version = edited.function("version")
    version.autoscaler.update(max_containers=1)
    assert version.autoscaler.settings().max_containers == 1
    edited.deploy(2)
    assert version.autoscaler.settings().max_containers == 3


HOARD = """
@app.function(memory=(128, 256 * 4 ** (VERSION - 1)), scaledown_window=30 * VERSION)
def hoard(mib: int) -> int:
    return len(b"x" * (mib * 2**20)) // 2**20
"""


def test_a_variant_is_of_the_version_that_serves_but_for_what_its_options_say(edited: EditedApp):
    edited.deploy(1, more=HOARD)
    assert edited.function("hoard").with_options(max_containers=1).remote(1) == 1
    edited.deploy(2, more=HOARD)
    variant = edited.function("hoard").with_options(max_containers=1)
    settings = variant.autoscaler.settings()
    assert (settings.max_containers, settings.scaledown_window) == (1, 60)
    # More than the first version has.
    assert variant.remote(400) == 400


def test_the_history_tells_the_commit_that_was_deployed(edited: EditedApp):
    edited.write(1)
    folder = edited.path.parent
    named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], [*named, "commit", "-q", "-m", "First"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True).stdout
    edited.deploy(1)
    edited.deploy(2)
    assert [entry["commit"] for entry in app_json("history", edited.name)] == [f"{head[:7]}*", head[:7]]


PAGE = '''
@app.function(image=modal.Image.debian_slim().pip_install("fastapi==0.115.6"))
@modal.fastapi_endpoint(label="{label}")
def page():
    return VERSION
'''
BROKEN = '@app.function(image=modal.Image.debian_slim().run_commands("false"))\ndef broken(): ...\n'


def test_a_label_follows_the_version_that_serves(edited: EditedApp):
    old, new = (f"{edited.name}-{word}" for word in ("old", "new"))
    edited.deploy(1, more=PAGE.format(label=old))
    url = modal.Function.from_name(edited.name, "page").get_web_url()
    assert old in url and fetch(url).json == 1
    edited.write(2, more=PAGE.format(label=new) + BROKEN)
    assert modal_cli("deploy", edited.path.name, cwd=edited.path.parent).code != 0
    assert fetch(url).json == 1 and fetch(url.replace(old, new)).status == 404
    edited.deploy(3, more=PAGE.format(label=new))
    eventually(lambda: fetch(url.replace(old, new)).status == 200, 60, "the new label answers")
    eventually(lambda: fetch(url).status == 404, 60, "the old label is let go of")
    assert modal_cli("app", "rollback", edited.name).code == 0
    eventually(lambda: fetch(url).status == 200 and fetch(url).json == 1, 60, "the old label answers again")
    eventually(lambda: fetch(url.replace(old, new)).status == 404, 60, "the new label is let go of")


def test_two_endpoints_with_one_label_are_refused(edited: EditedApp):
    page = PAGE.format(label=f"{edited.name}-page")
    edited.write(1, more=page + page.replace("def page", "def other"))
    done = modal_cli("deploy", edited.path.name, cwd=edited.path.parent)
    assert done.code != 0 and "give one of them another `label=`" in " ".join(done.output.split()), done.output
    edited.deploy(2, more=page)
    assert fetch(modal.Function.from_name(edited.name, "page").get_web_url()).json == 2
