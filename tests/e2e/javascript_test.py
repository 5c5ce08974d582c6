"""The JavaScript SDK, with what Python deployed and committed, and Python with what it left."""

import uuid

import modal
import pytest

from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.javascript_program import run_javascript

APP = "e2e-javascript"


@pytest.fixture(scope="module")
def tag() -> str:
    tag = f"e2e-js-{uuid.uuid4().hex[:8]}"
    yield tag
    modal.Volume.objects.delete(tag, allow_missing=True)
    modal_cli("environment", "delete", tag, "--yes")


@pytest.fixture(scope="module")
def said(tag: str) -> dict:
    assert modal_cli("deploy", "--name", APP, "deployed.py").code == 0
    image = modal.Image.debian_slim().build(modal.App.lookup(APP))
    yield run_javascript("use_everything.mjs", E2E_APP=APP, E2E_TAG=tag, E2E_IMAGE=image.object_id)
    modal_cli("app", "stop", "--yes", APP)


def test_environments_are_made_listed_and_deleted(said: dict, tag: str):
    assert tag in said["environments"] and "main" in said["environments"]
    assert said["appsOfTheNewOne"] == 0
    assert said["deletedEnvironment"].startswith("NotFoundError")


def test_what_is_not_there_is_said_by_name(said: dict, tag: str):
    assert said["missingSecret"].startswith(f"NotFoundError: No secret '{tag}' in environment 'main'")
    assert said["missingVolume"].startswith(f"NotFoundError: No volume '{tag}-none' in environment 'main'")


def test_calls_come_back_by_their_ids_with_large_arguments_and_many_at_once(said: dict):
    assert (said["sum"], said["large"], said["huge"]) == (3, 3_000_001, 70_000_001)
    assert said["spread"] == [2 * n for n in range(20)]


def test_functions_and_classes_take_options(said: dict):
    assert (said["autoscaler"], said["backlog"], said["variant"]) == (2, 0, 7)
    assert said["greeted"] == "hallo Ada"
    assert "greeting" in said["wrongParameter"]


def test_a_sandbox_runs_commands_with_secrets_and_volumes(said: dict, tag: str):
    assert (said["printed"], said["exitCode"]) == ("green\n", 3)
    volume = modal.Volume.from_name(tag)
    eventually(lambda: [entry.path for entry in volume.listdir("/")] == ["file"], 30, "the last commit of the sandbox")
    assert b"".join(volume.read_file("file")) == b"kept\n"


def test_figures_and_logs_are_read(said: dict):
    assert said["counted"] is True
    assert "inputs_queued_sum" in said["series"]
    assert said["logged"] == ["adding to 1"]
