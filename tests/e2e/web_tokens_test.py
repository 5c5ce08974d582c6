"""Endpoints that ask for a proxy token: who may pass, and the commands that manage tokens."""

import json

import pytest
from web_locked import app, locked

from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.web_client import fetch


@pytest.fixture(scope="module", autouse=True)
def running_app(running):
    return running(app)


def ask(**headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return fetch(locked.get_web_url(), "POST", b'{"a": 1}', {"content-type": "application/json", **named})


def make_token(*words: str) -> dict:
    made = modal_cli("workspace", "proxy-tokens", "create", "--json", *words)
    assert made.code == 0, made.output
    return json.loads(made.output)


def listed(*words: str) -> list[dict]:
    found = modal_cli("workspace", "proxy-tokens", "list", "--json", *words)
    assert found.code == 0, found.output
    return json.loads(found.output)


def test_without_a_token_nobody_passes():
    answer = ask()
    assert answer.status == 401
    assert "Modal-Key" in answer.json["detail"]
    assert ask(modal_key="wk-none", modal_secret="ws-none").status == 401


def test_a_token_passes_in_either_form_and_no_longer_once_it_is_deleted():
    token = make_token("--name", "e2e passes")
    both = {"modal_key": token["Modal-Key"], "modal_secret": token["Modal-Secret"]}
    assert ask(**both).json == {"a": 1}
    assert ask(authorization=token["Authorization"]).json == {"a": 1}
    assert ask(modal_key=token["Modal-Key"], modal_secret="ws-wrong").status == 401
    assert modal_cli("workspace", "proxy-tokens", "delete", "--yes", token["Modal-Key"]).code == 0
    eventually(lambda: ask(**both).status == 401, 10, "the deleted token opens nothing")


def test_tokens_are_listed_renamed_and_kept_to_environments():
    token_id = make_token("--name", "e2e before")["Modal-Key"]
    assert modal_cli("workspace", "proxy-tokens", "update", token_id, "name", "e2e after").code == 0
    assert {row["token_id"]: row["name"] for row in listed()}[token_id] == "e2e after"
    assert modal_cli("workspace", "proxy-tokens", "allow", token_id, "main").code == 0
    assert {row["token_id"]: row["scoped"] for row in listed()}[token_id] is True
    assert token_id in [row["token_id"] for row in listed("--environment", "main")]
    assert modal_cli("workspace", "proxy-tokens", "revoke", token_id, "main").code == 0
    assert token_id not in [row["token_id"] for row in listed("--environment", "main")]
    assert modal_cli("workspace", "proxy-tokens", "delete", "--yes", token_id).code == 0
    assert token_id not in [row["token_id"] for row in listed()]


def test_a_token_that_is_not_there_is_named_in_one_error():
    refused = modal_cli("workspace", "proxy-tokens", "delete", "--yes", "wk-nothing")
    assert refused.code != 0
    assert "No proxy token 'wk-nothing'" in refused.output
