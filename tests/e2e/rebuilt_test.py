"""A deployed app whose image is built again."""

import uuid

import modal
import pytest

from harness.client_program import Finished, modal_cli
from harness.eventually import eventually
from harness.platform_api import get, live_tasks

pytestmark = pytest.mark.heavy
APP = "e2e-rebuilt"


@pytest.fixture
def secret():
    name = f"e2e-rebuilt-{uuid.uuid4().hex[:12]}"
    modal.Secret.objects.create(name, {"FAILS": "no"})
    yield name
    modal_cli("app", "stop", "--yes", APP)
    modal.Secret.objects.delete(name)


def deploy(secret: str, **force: str) -> Finished:
    return modal_cli("deploy", "rebuilt.py", environment={"E2E_SECRET_NAME": secret, **force})


def end_containers() -> None:
    [app] = [app for app in get("/v1/apps?limit=100")["items"] if app.get("name") == APP and app["state"] == "running"]
    for task in live_tasks(app["id"]):
        modal_cli("container", "stop", "--yes", task["id"])
    eventually(lambda: live_tasks(app["id"]) == [], 60, "an app without containers")


def test_a_deployed_app_goes_on_with_its_image_when_a_forced_build_of_it_fails(secret: str):
    deployed = deploy(secret)
    assert deployed.code == 0, deployed.output
    built_at = modal.Function.from_name(APP, "built_at")
    first = built_at.remote()

    modal.Secret.from_name(secret).update({"FAILS": "yes"})
    failed = deploy(secret, E2E_FORCE="1")
    assert failed.code != 0 and "failed with exit code 1" in failed.output, failed.output
    end_containers()
    assert built_at.remote() == first

    modal.Secret.from_name(secret).update({"FAILS": "no"})
    rebuilt = deploy(secret, E2E_FORCE="1")
    assert rebuilt.code == 0, rebuilt.output
    end_containers()
    assert built_at.remote() != first
