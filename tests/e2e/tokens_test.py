"""Tokens: how they come, by a page on which somebody says yes, and how they end."""

import base64
import hashlib
import hmac
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import pytest

from harness.client_program import ClientProgram, Finished, modal_cli, refused
from harness.platform_api import Account, new_member, own_account


def test_tokens_are_disabled_enabled_and_deleted():
    member = new_member(f"member-{uuid.uuid4().hex[:8]}", "member")
    mine = {"environment": member.environment}
    assert member.token_id in modal_cli("workspace", "member-tokens", "list", "--json", **mine).output
    assert own_account().token_id not in modal_cli("workspace", "member-tokens", "list", "--json", **mine).output
    refused(modal_cli("workspace", "member-tokens", "disable", own_account().token_id, "--yes", **mine), "ask an owner")
    assert modal_cli("workspace", "member-tokens", "disable", member.token_id, "--yes").code == 0
    refused(modal_cli("token", "info", **mine), "is disabled")
    assert modal_cli("workspace", "member-tokens", "enable", member.token_id, "--yes").code == 0
    assert modal_cli("token", "info", **mine).code == 0
    assert modal_cli("workspace", "member-tokens", "delete", member.token_id, "--yes").code == 0
    refused(modal_cli("token", "info", **mine), "revoked")
    refused(modal_cli("workspace", "member-tokens", "delete", member.token_id, "--yes"), "No token")


def answer_page(url: str, **fields: str) -> tuple[int, str]:
    data = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with urllib.request.urlopen(url, data=data, timeout=20) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.every_client
def test_a_new_token_comes_by_a_page_on_which_somebody_says_yes(tmp_path: Path):
    config = tmp_path / "modal.toml"
    nobody = {"MODAL_CONFIG_PATH": str(config), "MODAL_TOKEN_ID": None, "MODAL_TOKEN_SECRET": None, "BROWSER": "true"}
    asking = ClientProgram("token", "new", environment=nobody)
    try:
        asking.wait_for_text("/token-flow/")
        url = re.search(r"http\S+/token-flow/tf-\w+", asking.output)[0]
        status, page = answer_page(url)
        assert status == 200 and "<script" not in page
        asking.wait_for_text("Enter this code")
        assert re.search(r"Enter this code: (\S+)", asking.output)[1] in page
        assert answer_page(url, tokenId=own_account().token_id, tokenSecret="as-wrong")[0] == 403
        assert answer_page(url, formKey="forged")[0] == 403
        me = own_account()
        assert answer_page(url, tokenId=me.token_id, tokenSecret=me.token_secret)[0] == 200
        done = asking.finish(60)
    finally:
        asking.end()
    assert done.code == 0 and "Token is connected to the main workspace" in done.output
    assert answer_page(url)[0] == 404
    found = dict(re.findall(r'(token_id|token_secret) = "(\S+)"', config.read_text()))
    account = Account(found["token_id"], found["token_secret"])
    assert "operator" in modal_cli("token", "info", environment=account.environment).output
    profiles = {"MODAL_CONFIG_PATH": str(config), "MODAL_TOKEN_ID": None, "MODAL_TOKEN_SECRET": None}
    assert modal_cli("profile", "current", environment=profiles).output.strip() == "main"
    assert "main" in modal_cli("profile", "list", environment=profiles).output
    refused_profile = modal_cli("profile", "activate", "no-such", environment=profiles)
    assert refused_profile.code != 0


def approve(asking: ClientProgram, account: Account) -> Finished:
    """Says yes on the page of a program that asks for a token, and waits for its end."""
    try:
        asking.wait_for_text("/token-flow/")
        url = re.search(r"http\S+/token-flow/tf-\w+", asking.output)[0]
        assert answer_page(url, tokenId=account.token_id, tokenSecret=account.token_secret)[0] == 200
        return asking.finish(60)
    finally:
        asking.end()


def test_a_token_is_rotated(tmp_path: Path):
    config = tmp_path / "modal.toml"
    mine = {"MODAL_CONFIG_PATH": str(config), "MODAL_TOKEN_ID": None, "MODAL_TOKEN_SECRET": None, "BROWSER": "true"}

    def kept() -> Account:
        found = dict(re.findall(r'(token_id|token_secret) = "(\S+)"', config.read_text()))
        return Account(found["token_id"], found["token_secret"])

    member = new_member(f"rotates-{uuid.uuid4().hex[:8]}", "member")
    assert approve(ClientProgram("token", "new", environment=mine), member).code == 0
    first = kept()
    rotated = approve(ClientProgram("token", "rotate", "--expires-in", "7d", environment=mine), member)
    assert rotated.code == 0 and "Traceback" not in rotated.output, rotated.output
    second = kept()
    assert second.token_id != first.token_id
    assert modal_cli("token", "info", environment=second.environment).code == 0
    refused(modal_cli("token", "info", environment=first.environment), "revoked")


def test_the_operators_link_says_yes_once_it_was_opened():
    home = Path(os.environ["SLIPWAY_HOME"])
    key = json.loads((home / "secrets.json").read_text())["signingKey"]
    link = base64.urlsafe_b64encode(hmac.new(key.encode(), b"operator link", hashlib.sha256).digest()).rstrip(b"=").decode()
    server = os.environ["MODAL_SERVER_URL"]
    assert answer_page(f"{server}/token-flow/operator?key=wrong")[0] == 403
    with urllib.request.urlopen(f"{server}/token-flow/operator?key={link}", timeout=20) as page:
        cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
