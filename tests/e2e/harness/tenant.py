"""A workspace with one thing of each kind."""

import base64
import hashlib
import os
import urllib.request
from dataclasses import dataclass

import modal
from modal_proto import api_pb2

from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.platform_api import Account, ask, new_member, new_workspace
from harness.wire import wire

APP = "e2e-deployed"


@dataclass(frozen=True)
class Tenant:
    """`ids` has the id of one thing for each kind of `named_places.KINDS`."""

    name: str
    account: Account
    ids: dict[str, str]


async def furnish(name: str) -> Tenant:
    """Makes a workspace and all that can be named in it. Nothing in it is shared with another one, its image neither."""
    account = new_workspace(name)
    deployed = modal_cli("deploy", "deployed.py", environment=account.environment)
    assert deployed.code == 0, deployed.output
    member = new_member(f"{name}-member", "member", account)
    client = await modal.Client.from_credentials.aio(account.token_id, account.token_secret)
    image = modal.Image.debian_slim().env({"TENANT": name})
    await image.build.aio(await modal.App.lookup.aio(APP, client=client))
    async with wire(account) as stub:
        ids = {"image": image.object_id, "token": member.token_id}
        ids |= await _persons(stub, name, account)
        ids |= await _program(stub, image.object_id)
        ids |= await _state(stub, name)
    return Tenant(name, account, ids)


async def _persons(stub, name: str, account: Account) -> dict[str, str]:
    bot = await stub.ServiceUserCreate(api_pb2.ServiceUserCreateRequest(name=f"{name}-bot"))
    proxy_token = await stub.WebhookTokenCreate(api_pb2.WebhookTokenCreateRequest(name=name))
    _, environments = ask("GET", "/v1/environments", account=account)
    _, members = ask("GET", "/v1/members", account=account)
    return {
        "service user": bot.service_user_id,
        "proxy token": proxy_token.token_id,
        "environment": environments["items"][0]["id"],
        "user": next(row["id"] for row in members["items"] if row["name"] == f"{name}-member"),
    }


async def _program(stub, image_id: str) -> dict[str, str]:
    """A deployed app, a call of it, and a sandbox."""
    app_id = (await stub.AppGetByDeploymentName(api_pb2.AppGetByDeploymentNameRequest(name=APP))).app_id
    function = await stub.FunctionGet(api_pb2.FunctionGetRequest(app_name=APP, object_tag="add"))
    greeter = await stub.ClassGet(
        api_pb2.ClassGetRequest(app_name=APP, object_tag="Greeter", only_class_function=True)
    )
    call = await stub.FunctionMap(
        api_pb2.FunctionMapRequest(
            function_id=function.function_id,
            function_call_type=api_pb2.FUNCTION_CALL_TYPE_UNARY,
            function_call_invocation_type=api_pb2.FUNCTION_CALL_INVOCATION_TYPE_ASYNC,
            pipelined_inputs=[api_pb2.FunctionPutInputsItem(input=_arguments(1, 2))],
        )
    )
    sandbox = await stub.SandboxCreateV2(
        api_pb2.SandboxCreateV2Request(
            app_id=app_id,
            definition=api_pb2.Sandbox(image_id=image_id, entrypoint_args=["sleep", "600"], timeout_secs=600),
        )
    )
    task = await stub.SandboxGetTaskIdV2(api_pb2.SandboxGetTaskIdRequest(sandbox_id=sandbox.sandbox_id, timeout=60))
    return {
        "app": app_id,
        "function": function.function_id,
        "class": greeter.class_id,
        "call": call.function_call_id,
        "input": call.pipelined_inputs[0].input_id,
        "call token": call.function_call_jwt,
        "input token": call.pipelined_inputs[0].input_jwt,
        "sandbox": sandbox.sandbox_id,
        "task": task.task_id,
    }


def _arguments(*arguments) -> api_pb2.FunctionInput:
    from modal._serialization import serialize

    return api_pb2.FunctionInput(args=serialize((arguments, {})), data_format=api_pb2.DATA_FORMAT_PICKLE)


async def _state(stub, name: str) -> dict[str, str]:
    made = {"deployment_name": name, "object_creation_type": api_pb2.OBJECT_CREATION_TYPE_CREATE_IF_MISSING}
    shared = await stub.DictGetOrCreate(api_pb2.DictGetOrCreateRequest(**made))
    queue = await stub.QueueGetOrCreate(api_pb2.QueueGetOrCreateRequest(**made))
    volume = await stub.VolumeGetOrCreate(api_pb2.VolumeGetOrCreateRequest(**made))
    secret = await stub.SecretGetOrCreate(api_pb2.SecretGetOrCreateRequest(**made, env_dict={"WHOSE": name}))
    content = f"the source code of {name}".encode()
    await stub.MountPutFile(api_pb2.MountPutFileRequest(sha256_hex=hashlib.sha256(content).hexdigest(), data=content))
    mount = await stub.MountGetOrCreate(
        api_pb2.MountGetOrCreateRequest(
            object_creation_type=api_pb2.OBJECT_CREATION_TYPE_ANONYMOUS_OWNED_BY_APP,
            files=[api_pb2.MountFile(filename="/root/code", sha256_hex=hashlib.sha256(content).hexdigest(), size=len(content))],
        )
    )
    return {
        "dict": shared.dict_id,
        "queue": queue.queue_id,
        "volume": volume.volume_id,
        "secret": secret.secret_id,
        "mount": mount.mount_id,
        "blob": await _blob(stub, content),
    }


async def _blob(stub, content: bytes) -> str:
    blob = await stub.BlobCreate(
        api_pb2.BlobCreateRequest(
            content_md5=base64.b64encode(hashlib.md5(content).digest()).decode(),
            content_sha256_base64=base64.b64encode(hashlib.sha256(content).digest()).decode(),
            content_length=len(content),
        )
    )
    request = urllib.request.Request(
        blob.upload_url,
        data=content,
        method="PUT",
        headers={"content-md5": base64.b64encode(hashlib.md5(content).digest()).decode()},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
    return blob.blob_id
