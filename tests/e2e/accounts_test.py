"""Environments, members, service users, tokens: who may come in, and what they may do."""

import asyncio
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import across_environments as across
import grpclib
import modal
import pytest
from modal.exception import NotFoundError
from modal_proto import api_grpc, api_pb2

from harness.client_program import ClientProgram, Finished, modal_cli
from harness.platform_api import Account, ask, get, new_member, new_workspace, own_account
from harness.wire import Said, ask_rpc, connection, wire

every_client = pytest.mark.every_client


def short() -> str:
    return uuid.uuid4().hex[:8]


@pytest.fixture
def environment():
    name = f"e2e-{short()}"
    assert modal_cli("environment", "create", name).code == 0
    yield name
    modal_cli("environment", "delete", name, "--yes")


def refused(done, text: str) -> None:
    assert done.code != 0 and text in done.output and "Traceback" not in done.output, done.output


@every_client
def test_an_environment_is_a_namespace_of_its_own(environment: str):
    modal.Dict.from_name("same-name", environment_name=environment, create_if_missing=True)["where"] = environment
    assert modal.Dict.from_name("same-name", environment_name=environment)["where"] == environment
    with pytest.raises(NotFoundError):
        modal.Dict.from_name("same-name").hydrate()
    refused(modal_cli("dict", "list", "-e", "no-such-environment"), "No environment 'no-such-environment'")


@every_client
def test_the_command_line_manages_environments(environment: str):
    refused(modal_cli("environment", "create", environment), f"'{environment}' exists")
    assert modal_cli("environment", "update", environment, "--set-web-suffix", "sfx").code == 0
    row = next(row for row in json.loads(modal_cli("environment", "list", "--json").output) if row["name"] == environment)
    assert (row.get("web_suffix") or row.get("web suffix")) == "sfx"
    refused(modal_cli("environment", "update", environment, "--set-web-suffix", "No Good"), "cannot be a web suffix")
    refused(modal_cli("environment", "delete", "main", "--yes"), "is the default of its workspace")
    refused(modal_cli("environment", "delete", "no-such", "--yes"), "No environment 'no-such'")
    renamed = f"{environment}-new"
    modal.Dict.objects.create("moves-along", environment_name=environment)
    assert modal_cli("environment", "update", environment, "--set-name", renamed).code == 0
    modal.Dict.from_name("moves-along", environment_name=renamed).hydrate()
    assert modal_cli("environment", "delete", renamed, "--yes").code == 0
    refused(modal_cli("environment", "delete", renamed, "--yes"), f"No environment '{renamed}'")
    assert modal_cli("environment", "create", environment).code == 0


def test_roles_say_what_a_member_may_do(environment: str):
    name = f"viewer-{short()}"
    member = new_member(name, "member")
    assert modal_cli("environment", "roles", "update", environment, name, "--role", "viewer").code == 0
    roles = json.loads(modal_cli("environment", "roles", "list", environment, "--json").output)
    assert roles["users"][name] == "viewer"
    modal.Dict.from_name("d", environment_name=environment, create_if_missing=True)["k"] = "v"
    assert modal_cli("dict", "get", "d", "k", "-e", environment, environment=member.environment).output.strip() == "v"
    refused(modal_cli("dict", "clear", "d", "--yes", "-e", environment, environment=member.environment), "viewer")
    refused(modal_cli("environment", "create", f"x-{short()}", environment=member.environment), "may not manage")
    assert modal_cli("environment", "roles", "update", environment, name, "--role", "no-access").code == 0
    refused(modal_cli("dict", "get", "d", "k", "-e", environment, environment=member.environment), "no access")
    assert ask("DELETE", f"/v1/members/{name}")[0] == 204
    refused(modal_cli("token", "info", environment=member.environment), "wrong")


@every_client
def test_a_removed_member_is_out_at_once_also_by_a_short_lived_token():
    name = f"leaver-{short()}"
    member = new_member(name, "member")

    async def auth_token() -> str:
        async with wire(member) as stub:
            return (await stub.AuthTokenGet(api_pb2.AuthTokenGetRequest())).token

    token = asyncio.run(auth_token())

    async def list_apps() -> Said:
        async with connection({"x-modal-auth-token": token}) as channel:
            return await ask_rpc(api_grpc.ModalClientStub(channel), "AppList", api_pb2.AppListRequest())

    assert asyncio.run(list_apps()).status == grpclib.Status.OK
    assert ask("DELETE", f"/v1/members/{name}")[0] == 204
    assert asyncio.run(list_apps()).status == grpclib.Status.UNAUTHENTICATED


def test_the_secrets_of_a_closed_environment_are_mounted_nowhere_else(environment: str):
    name = f"reader-{short()}"
    member = new_member(name, "member")
    assert modal_cli("environment", "roles", "update", environment, name, "--role", "no-access").code == 0
    modal.Secret.objects.create("closed", {"A": "1"}, environment_name=environment)
    secret = modal.Secret.from_name("closed", environment_name=environment).hydrate()
    app = modal.App.lookup("e2e-roles", create_if_missing=True)
    image = modal.Image.debian_slim().build(app)
    request = api_pb2.SandboxCreateV2Request(
        app_id=app.app_id,
        definition=api_pb2.Sandbox(image_id=image.object_id, entrypoint_args=["env"], timeout_secs=60),
        secret_sources=[api_pb2.SecretSource(secret_id=secret.object_id)],
    )

    async def create() -> Said:
        async with wire(member) as stub:
            return await ask_rpc(stub, "SandboxCreateV2", request)

    said = asyncio.run(create())
    assert said.hides and f"no access to environment '{environment}'" in said.message, str(said)


def test_an_image_by_its_name_is_for_whoever_has_a_role_in_the_environment_that_it_says(environment: str):
    name = f"base-{short()}"
    image = modal.Image.debian_slim().build(modal.App.lookup("e2e-roles", create_if_missing=True))
    for where in ("main", environment):
        modal.Image.from_id(image.object_id).publish(f"{where}/{name}:v1")
    bot = json.loads(modal_cli("workspace", "service-users", "create", name, "--json").output)
    bot = Account(bot["token_id"], bot["token_secret"])
    assert modal_cli("workspace", "service-users", "set-role", name, environment, "contributor").code == 0

    def by_bot(command: str, where: str, *words: str) -> Finished:
        return modal_cli("image", "names", command, *words, f"{where}/{name}:v1", environment=bot.environment)

    assert by_bot("history", environment).code == 0
    assert by_bot("delete", environment, "--yes").code == 0
    refused(by_bot("history", "main"), "no access to environment 'main'")
    refused(by_bot("delete", "main", "--yes"), "no access to environment 'main'")
    assert modal_cli("image", "names", "delete", "--yes", f"main/{name}:v1").code == 0


def test_code_in_a_container_changes_things_in_its_own_environment_alone(environment: str):
    name = f"e2e-{short()}"
    modal.Dict.from_name(name, environment_name=environment, create_if_missing=True)["k"] = "v"
    assert modal_cli("deploy", "-e", environment, "across_environments.py").code == 0
    bot = json.loads(modal_cli("workspace", "service-users", "create", name, "--json").output)
    bot = Account(bot["token_id"], bot["token_secret"])
    assert modal_cli("workspace", "service-users", "set-role", name, "main", "contributor").code == 0

    def looked_over(account: Account) -> dict[str, str]:
        with across.app.run(client=account.client()):
            assert across.own_dict.remote(name) == "v"
            return across.in_environment.remote(environment, name)

    ours = looked_over(own_account())
    assert (ours["read"], ours["call"]) == ("v", "8") and "not change anything" in ours["write"], ours
    theirs = looked_over(bot)
    assert all(f"no access to environment '{environment}'" in said for said in theirs.values()), theirs


def test_the_command_line_manages_service_users(environment: str):
    name = f"bot-{short()}"
    made = json.loads(modal_cli("workspace", "service-users", "create", name, "--json").output)
    bot = Account(made["token_id"], made["token_secret"])
    refused(modal_cli("dict", "list", "-e", environment, environment=bot.environment), "no access")
    assert modal_cli("workspace", "service-users", "set-role", name, environment, "contributor").code == 0
    assert modal_cli("dict", "create", "d", "-e", environment, environment=bot.environment).code == 0
    assert f"Service User: {name}" in modal_cli("token", "info", environment=bot.environment).output
    assert name in modal_cli("workspace", "service-users", "list").output
    info = json.loads(modal_cli("workspace", "service-users", "info", name, "--json").output)
    assert info["environment_roles"] == {environment: "contributor"}
    refused(modal_cli("workspace", "service-users", "create", name), "is taken")
    assert modal_cli("workspace", "service-users", "delete", name, "--yes").code == 0
    refused(modal_cli("workspace", "service-users", "info", name), f"No service user '{name}'")
    refused(modal_cli("token", "info", environment=bot.environment), "wrong")


def test_the_older_names_of_the_roles_commands_do_the_same(environment: str):
    name = f"older-{short()}"
    member = new_member(name, "member")
    reads = ("dict", "list", "-e", environment)
    assert modal_cli("environment", "members", "update", environment, name, "--role", "no-access").code == 0
    refused(modal_cli(*reads, environment=member.environment), "no access")
    assert modal_cli("environment", "members", "update", environment, name, "--role", "viewer").code == 0
    assert name in modal_cli("environment", "members", "list", environment).output
    assert modal_cli(*reads, environment=member.environment).code == 0
    assert modal_cli("environment", "members", "remove", environment, name).code == 0
    left = modal_cli("environment", "members", "list", environment)
    assert left.code == 0 and not [line for line in left.lines if name in line and "viewer" in line], left.output


def test_tokens_are_disabled_enabled_and_deleted():
    member = new_member(f"member-{short()}", "member")
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


def test_workspaces_are_apart_and_made_by_the_operator():
    name = f"e2e-{short()}"
    other = new_workspace(name)
    theirs = {"environment": other.environment}
    assert name in modal_cli("token", "info", **theirs).output
    assert ask("POST", "/v1/workspaces", {"name": name, "owner": "eve"})[0] == 409
    assert ask("POST", "/v1/workspaces", {"name": f"{name}-2", "owner": "eve"}, other)[0] == 403
    assert [row["name"] for row in ask("GET", "/v1/workspaces", account=other)[1]["items"]] == [name]
    assert name in [row["name"] for row in get("/v1/workspaces")["items"]]
    assert "ada" in modal_cli("workspace", "members", "list", **theirs).output
    assert ask("POST", f"/v1/workspaces/{name}/owners", {"name": "ada"}, other)[0] == 403
    status, ada = ask("POST", f"/v1/workspaces/{name}/owners", {"name": "ada"})
    again = {"MODAL_TOKEN_ID": ada["token"]["tokenId"], "MODAL_TOKEN_SECRET": ada["token"]["tokenSecret"]}
    assert status == 201 and name in modal_cli("token", "info", environment={**other.environment, **again}).output
    assert modal_cli("environment", "create", "dev", **theirs).code == 0
    assert modal_cli("workspace", "settings", "set", "default-environment", "dev", **theirs).code == 0
    assert "dev" in modal_cli("workspace", "settings", "list", **theirs).output
    refused(modal_cli("workspace", "settings", "set", "image-builder-version", "1999.01", **theirs), "1999.01")


def answer_page(url: str, **fields: str) -> tuple[int, str]:
    data = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with urllib.request.urlopen(url, data=data, timeout=20) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@every_client
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

    member = new_member(f"rotates-{short()}", "member")
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
    import base64
    import hashlib
    import hmac

    link = base64.urlsafe_b64encode(hmac.new(key.encode(), b"operator link", hashlib.sha256).digest()).rstrip(b"=").decode()
    server = os.environ["MODAL_SERVER_URL"]
    assert answer_page(f"{server}/token-flow/operator?key=wrong")[0] == 403
    with urllib.request.urlopen(f"{server}/token-flow/operator?key={link}", timeout=20) as page:
        cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
