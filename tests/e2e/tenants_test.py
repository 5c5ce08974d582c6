"""Nothing of one workspace is seen or touched by another's token: every rpc of the protocol and every route of the HTTP API
is asked with foreign ids. The lists come from the schema and the API's own description, so what is new is asked too."""

import asyncio
import json
import uuid

import grpclib
import modal
import pytest
from google.protobuf.descriptor import FieldDescriptor
from modal_proto import api_grpc, api_pb2

from harness.client_program import modal_cli
from harness.platform_api import ask, get, new_workspace, own_account

APP = "e2e-deployed"
REFUSED = {grpclib.Status.NOT_FOUND, grpclib.Status.PERMISSION_DENIED}
SERVICE = api_pb2.DESCRIPTOR.services_by_name["ModalClient"]

# Id fields that name nothing of a workspace: cursors, what a client calls itself, and what only one's own host knows.
NO_OBJECT = {
    "client_id", "last_entry_id", "flow_id", "token_flow_id", "wait_id", "entry_id", "container_id", "parent_input_id",
    "worker_id", "session_id", "region_id", "instance_id", "attempt_id",
}
# Rpcs that take an id and do not mind whose it is, and why.
INDIFFERENT = {
    "AppCreate": "client_id only",
    "TokenFlowWait": "is known by its own secret",
    "VolumeGetOrCreate": "its app_id owns nothing",
    "SecretGetOrCreate": "its app_id is kept as a note",
    "MountGetOrCreate": "its app_id is not read",
    "ImageGetOrCreate": "an image id is a hash of its definition",
    "VolumeCommit": "only a container commits and reloads, and is told so before anything else",
    "VolumeReload": "as VolumeCommit",
}


# Id fields that only narrow down what another field of the request names.
NARROWS = {
    ("AppGetLogs", "function_id"), ("AppGetLogs", "function_call_id"), ("AppGetLogs", "input_id"),
    ("AppGetLogs", "sandbox_id"), ("AppGetLogs", "parametrized_function_id"),
    ("EnvironmentRoleSet", "environment_role_definition_id"),
}


class Tenant:
    """What a workspace has, one of each kind, by the name of the field that would name it."""

    def __init__(self):
        self.ids: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def known(self) -> set[str]:
        return {value for value in self.ids.values()} | {self.names["deployment_name"]}


@pytest.fixture(scope="module")
def ours():
    assert modal_cli("deploy", "deployed.py").code == 0
    tag = f"e2e-tenant-{uuid.uuid4().hex[:8]}"
    tenant = Tenant()
    call = modal.Function.from_name(APP, "add").spawn(1, 2)
    assert call.get() == 3
    function = modal.Function.from_name(APP, "add").hydrate()
    (app_row,) = [row for row in get("/v1/apps?limit=500")["items"] if row.get("name") == APP][:1]
    task = next(row for row in get(f"/v1/tasks?app={app_row['id']}&limit=500")["items"])
    shared = modal.Dict.from_name(tag, create_if_missing=True).hydrate()
    queue = modal.Queue.from_name(tag, create_if_missing=True).hydrate()
    volume = modal.Volume.from_name(tag, create_if_missing=True).hydrate()
    modal.Secret.objects.create(tag, {"A": "b"})
    secret = modal.Secret.from_name(tag).hydrate()
    environment = modal.Environment.from_context().hydrate()
    image = next(iter(get("/v1/images?limit=1")["items"]))
    user = get("/v1/members")["items"][0]
    shared["k"] = "v"
    queue.put("item")
    tenant.ids = {
        "app_id": app_row["id"],
        "existing_app_id": app_row["id"],
        "function_id": function.object_id,
        "existing_function_id": function.object_id,
        "build_function_id": function.object_id,
        "parametrized_function_id": function.object_id,
        "function_call_id": call.object_id,
        "dict_id": shared.object_id,
        "queue_id": queue.object_id,
        "volume_id": volume.object_id,
        "secret_id": secret.object_id,
        "environment_id": environment.object_id,
        "image_id": image["id"],
        "existing_image_id": image["id"],
        "task_id": task["id"],
        "user_id": user["id"],
        "service_user_id": user["id"],
        "token_id": own_account().token_id,
        "token_ids": own_account().token_id,
        "class_id": modal.Cls.from_name(APP, "Greeter").hydrate().object_id,
        "existing_class_id": modal.Cls.from_name(APP, "Greeter").hydrate().object_id,
    }
    tenant.ids["blob_id"] = tenant.ids["data_blob_id"] = "bl-" + "0" * 26
    tenant.ids["input_id"] = "in-" + "0" * 26
    tenant.ids["sandbox_id"] = "sb-" + "0" * 22
    tenant.names = {
        "deployment_name": tag,
        "app_name": APP,
        "object_tag": "add",
        "name": tag,
        "service_user_name": user["name"],
    }
    yield tenant
    for kind in (modal.Dict, modal.Queue, modal.Secret, modal.Volume):
        kind.objects.delete(tag, allow_missing=True)


@pytest.fixture(scope="module")
def foreigner():
    return new_workspace(f"e2e-foreign-{uuid.uuid4().hex[:8]}")


def id_fields(method) -> list[FieldDescriptor]:
    return [
        field
        for field in method.input_type.fields
        if field.type == FieldDescriptor.TYPE_STRING and (field.name.endswith(("_id", "_ids"))) and field.name not in NO_OBJECT
    ]


def request_of(method, tenant: Tenant, only: FieldDescriptor | None):
    """A request that names the tenant's things: `only` one by its id, or all that it can by name."""
    request = getattr(api_pb2, method.input_type.name)() if method.input_type.file.name.endswith("api.proto") else None
    if request is None:
        return method.input_type._concrete_class()
    for field in request.DESCRIPTOR.fields:
        if only is None and field.name in tenant.names and field.type == FieldDescriptor.TYPE_STRING and not field.is_repeated:
            setattr(request, field.name, tenant.names[field.name])
    if only is not None:
        value = tenant.ids[only.name]
        if only.is_repeated:
            getattr(request, only.name).append(value)
        else:
            setattr(request, only.name, value)
    # What a request must have beside an id to be looked at.
    for name, value in (("n_values", 1), ("limit", 1), ("name", "new-name"), ("sha256_hex", "0" * 64)):
        field = request.DESCRIPTOR.fields_by_name.get(name)
        if field is not None and field.message_type is None and not getattr(request, name):
            setattr(request, name, value)
    if method.name == "FunctionCreate":
        request.function.module_name = request.function.function_name = "f"
        if only is not None and only.name != "app_id":
            request.app_id = tenant.ids["app_id"]
    return request


async def ask_rpc(stub, method, request) -> tuple[grpclib.Status, str, bytes]:
    call = getattr(stub, method.name)
    try:
        if method.server_streaming:
            found = b""
            async with call.open(timeout=8) as stream:
                await stream.send_message(request, end=True)
                async for message in stream:
                    found += message.SerializeToString()
                    break
            return grpclib.Status.OK, "", found
        return grpclib.Status.OK, "", (await call(request, timeout=20)).SerializeToString()
    except grpclib.GRPCError as error:
        return error.status, error.message or "", b""
    except asyncio.TimeoutError:
        return grpclib.Status.DEADLINE_EXCEEDED, "", b""


@pytest.fixture(scope="module")
def answers(ours: Tenant, foreigner):
    """What every rpc answers the foreigner, by rpc and by the field that names a thing of ours; '' for by name."""
    from urllib.parse import urlparse
    import os

    async def every():
        server = urlparse(os.environ["MODAL_SERVER_URL"])
        from grpclib.client import Channel
        from grpclib.events import SendRequest, listen

        async def add_token(event: SendRequest):
            event.metadata["x-modal-token-id"] = foreigner.token_id
            event.metadata["x-modal-token-secret"] = foreigner.token_secret
            event.metadata["x-modal-client-type"] = "1"
            event.metadata["x-modal-client-version"] = "1.6.4"

        channel = Channel(server.hostname, server.port)
        listen(channel, SendRequest, add_token)
        stub = api_grpc.ModalClientStub(channel)
        found = {}
        try:
            for method in SERVICE.methods:
                fields = id_fields(method)
                for field in [*fields, None]:
                    if field is not None and field.name not in ours.ids:
                        found[method.name, field.name] = (None, "no id of this kind", b"")
                        continue
                    request = request_of(method, ours, field)
                    found[method.name, field.name if field else ""] = await ask_rpc(stub, method, request)
        finally:
            channel.close()
        return found

    return asyncio.run(every())


def served(answers) -> set[str]:
    return {rpc for (rpc, _), (status, _, _) in answers.items() if status is not None and status != grpclib.Status.UNIMPLEMENTED}


def test_every_rpc_of_the_service_was_asked(answers):
    assert {rpc for rpc, _ in answers} == {method.name for method in SERVICE.methods}
    assert len(served(answers)) > 80


def test_every_foreign_id_is_not_found(answers):
    wrong = []
    for (rpc, field), (status, message, _) in sorted(answers.items()):
        if rpc not in served(answers) or field == "" or rpc in INDIFFERENT or (rpc, field) in NARROWS:
            continue
        if status not in REFUSED:
            wrong.append(f"{rpc}({field}): {status and status.name} {message}")
    assert not wrong, "\n".join(wrong)


def test_no_answer_holds_an_id_or_a_name_of_ours(answers, ours: Tenant):
    leaks = [
        f"{rpc}({field})"
        for (rpc, field), (_, _, answer) in answers.items()
        # What was asked with may be said again, and a rpc by name makes the foreigner its own thing of that name.
        for known in ours.known() - {ours.ids.get(field), ours.names["deployment_name"]}
        if known.encode() in answer
    ]
    assert leaks == []


def test_what_is_ours_is_as_it_was(answers, ours: Tenant):
    tag = ours.names["deployment_name"]
    assert modal.Dict.from_name(tag)["k"] == "v"
    assert modal.Queue.from_name(tag).len() == 1
    assert modal.Secret.from_name(tag).hydrate().object_id == ours.ids["secret_id"]
    assert modal.Function.from_name(APP, "add").remote(2, 3) == 5
    assert own_account().token_id in json.dumps(modal_cli("token", "info").output)


def test_every_route_hides_what_is_ours(ours: Tenant, foreigner):
    shared = {"/v1/workers", "/v1/openapi.json"}
    ids = {value for name, value in ours.ids.items()}
    wrong = []
    for path, methods in get("/v1/openapi.json")["paths"].items():
        for method in methods:
            if path in shared or method not in ("get", "delete", "put", "patch"):
                continue
            if "{" not in path:
                queries = [""] + [
                    f"?{parameter['name']}={ours.ids['app_id']}"
                    for parameter in methods[method].get("parameters", [])
                    if parameter["name"] == "app"
                ]
                for query in queries if method == "get" else []:
                    status, document = ask("GET", path + query, account=foreigner)
                    leaked = [known for known in ids if f'"{known}"' in json.dumps(document)]
                    if leaked and status == 200:
                        wrong.append(f"GET {path}{query}: {leaked}")
                continue
            for known in ids | {ours.names["service_user_name"]}:
                filled = path
                while "{" in filled:
                    start, end = filled.index("{"), filled.index("}")
                    filled = filled[:start] + known + filled[end + 1 :]
                status, document = ask(method.upper(), filled, account=foreigner)
                if status not in (400, 403, 404, 409):
                    wrong.append(f"{method.upper()} {filled}: {status} {document}")
    assert wrong == []
