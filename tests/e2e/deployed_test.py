"""A deployed app is looked up by name: from Python, and from the JavaScript SDK."""

import json
import os
import subprocess
import sys
from pathlib import Path

import modal
import pytest

from harness.client_program import apps, modal_cli

checkout = Path(__file__).parent.parent.parent
APP = "e2e-deployed"


@pytest.fixture(scope="module", autouse=True)
def deployed():
    done = modal_cli("deploy", "deployed.py")
    assert done.code == 0, done.output
    yield
    modal_cli("app", "stop", "--yes", APP)


@pytest.fixture(scope="module")
def said_by_javascript() -> dict:
    program = apps / "call_deployed.mjs"
    done = subprocess.run(
        [checkout / "node_modules/.bin/node", program],
        cwd=checkout,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.every_client
def test_a_deployed_function_is_called_by_name():
    assert modal.Function.from_name(APP, "add").remote(1, 2) == 3


@pytest.mark.every_client
def test_a_deployed_class_is_used_by_name():
    greeter = modal.Cls.from_name(APP, "Greeter")
    assert greeter(greeting="hi").greet.remote("Ada") == "hi Ada"


@pytest.mark.every_client
def test_a_function_deployed_again_keeps_its_id():
    before = modal.Function.from_name(APP, "add").hydrate().object_id
    assert modal_cli("deploy", "deployed.py").code == 0
    assert modal.Function.from_name(APP, "add").hydrate().object_id == before
    assert modal.Function.from_name(APP, "add").remote(2, 2) == 4


@pytest.mark.every_client
def test_python_calls_with_payloads_that_other_languages_read():
    program = (
        "import modal; f = modal.Function.from_name('e2e-deployed', 'add');"
        "print(f.remote(1, 2), f.spawn(3, b=4).get(), list(f.map([1, 2], [3, 4])));"
        "print(modal.Cls.from_name('e2e-deployed', 'Greeter')(greeting='hi').greet.remote('Ada'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "MODAL_PAYLOAD_FORMAT": "cbor"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == ["3 7 [4, 6]", "hi Ada"], done.stdout + done.stderr


def test_javascript_calls_a_function(said_by_javascript: dict):
    assert said_by_javascript["remote"] == 3


def test_javascript_spawns_a_call_and_reads_it(said_by_javascript: dict):
    assert said_by_javascript["spawned"] == 42


def test_javascript_gives_structured_arguments(said_by_javascript: dict):
    assert said_by_javascript["structured"] == "Ada is 36"


def test_javascript_calls_a_method_of_an_instance_with_parameters(said_by_javascript: dict):
    assert said_by_javascript["method"] == "hej Eve"


def test_javascript_reads_the_error_of_a_function(said_by_javascript: dict):
    assert "not today" in said_by_javascript["refusal"]


def test_javascript_is_told_that_a_function_is_not_there(said_by_javascript: dict):
    assert "no-such-function" in said_by_javascript["missing"]
