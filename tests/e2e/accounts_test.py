"""Workspaces, environments, members, service users: who may come in, and what they may do."""

import asyncio
import json
import uuid

import across_environments as across
import grpclib
import modal
import pytest
from modal.exception import NotFoundError
from modal_proto import api_grpc, api_pb2

from harness.client_program import Finished, modal_cli, refused
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
