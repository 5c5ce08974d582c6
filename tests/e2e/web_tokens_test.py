"""Endpoints that ask for a proxy token: who may pass, and the commands that manage tokens."""

import asyncio
import json
from uuid import uuid4

import modal
import pytest
from modal_proto import api_pb2
from web_locked import app, locked

from harness.client_program import modal_cli
from harness.edited_app import EditedApp
from harness.eventually import eventually
from harness.platform_api import Account, own_account
from harness.web_client import fetch
from harness.wire import wire


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
    eventually(lambda: ask(**both).status == 401, 60, "the deleted token opens nothing")


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


def pass_of(account: Account) -> str:
    """What `modal curl` shows in place of a proxy token."""

    async def get() -> str:
        async with wire(account) as stub:
            return (await stub.CurlGetAuthToken(api_pb2.CurlAuthTokenRequest(url=locked.get_web_url()))).token

    return f"Bearer {asyncio.run(get())}"


def test_a_pass_opens_the_environments_in_which_its_owner_may_call_functions():
    assert ask(modal_authorization=pass_of(own_account())).json == {"a": 1}
    name = f"e2e-pass-{uuid4().hex[:8]}"
    assert modal_cli("environment", "create", name).code == 0
    made = modal_cli("workspace", "service-users", "create", name, "--json")
    assert made.code == 0, made.output
    bot = Account(json.loads(made.output)["token_id"], json.loads(made.output)["token_secret"])
    try:
        assert modal_cli("workspace", "service-users", "set-role", name, name, "contributor").code == 0
        refused = ask(modal_authorization=pass_of(bot))
        assert refused.status == 403 and "environment 'main'" in refused.json["detail"]
        assert modal_cli("workspace", "service-users", "set-role", name, "main", "contributor").code == 0
        eventually(lambda: ask(modal_authorization=pass_of(bot)).status == 200, 60, "the new role counts")
    finally:
        modal_cli("workspace", "service-users", "delete", name, "--yes")
        modal_cli("environment", "delete", name, "--yes")


PAGE = '''
@app.function(image=modal.Image.debian_slim().pip_install("fastapi==0.115.6"))
@modal.fastapi_endpoint(requires_proxy_auth={locked})
def page():
    return VERSION
'''
LOCKED, OPEN = PAGE.format(locked=True), PAGE.format(locked=False)
BROKEN = '@app.function(secrets=[modal.Secret.from_name("no-such-secret")])\ndef broken(): ...\n'


def test_the_version_that_serves_decides_whether_a_token_is_asked_for(edited: EditedApp):
    edited.deploy(1, more=LOCKED)
    url = modal.Function.from_name(edited.name, "page").get_web_url()
    assert fetch(url).status == 401
    edited.stage(2, more=OPEN)
    assert fetch(url).status == 401
    edited.write(3, more=OPEN + BROKEN)
    assert modal_cli("deploy", edited.path.name, cwd=edited.path.parent).code != 0
    assert fetch(url).status == 401
    edited.deploy(4, more=OPEN)
    eventually(lambda: fetch(url).status == 200, 60, "the version without a lock serves")
    assert modal_cli("app", "rollback", edited.name).code == 0
    eventually(lambda: fetch(url).status == 401, 60, "the version with a lock serves again")
