"""Every place of every request of the client's protocol where an id of something stands, however deep."""

from dataclasses import dataclass
from typing import Iterator

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from modal_proto import api_pb2

SERVICE = api_pb2.DESCRIPTOR.services_by_name["ModalClient"]

# Fields that name nothing which a workspace has, by the last word of their path.
NAMES_NOTHING = {
    "client_id": "what a client calls itself",
    "last_entry_id": "a cursor",
    "token_flow_id": "is told to nobody but its client",
    "worker_id": "a host, which all workspaces share",
    "environment_role_definition_id": "this server has no roles of one's own",
    "checkpoint_id": "this server keeps snapshots by their content",
    "original_task_id": "a note of a snapshot",
    "proxy_id": "this server has no proxies",
    "shared_volume_id": "this server has no network file systems",
    "definition_id": "what a server tells, not a client",
    "definition_ids": "counts only with a function of the app",
}

# The kinds of things, by the fields that name them.
KINDS = {
    "app": ("app_id", "app_ids", "existing_app_id"),
    "function": (
        "function_id", "function_ids", "existing_function_id", "build_function_id", "base_function_id", "parametrized_function_id",
    ),
    "call": ("function_call_id",),
    "input": ("input_id", "parent_input_id"),
    "class": ("class_id", "class_ids", "existing_class_id"),
    "task": ("task_id", "container_id"),
    "sandbox": ("sandbox_id",),
    "image": ("image_id", "existing_image_id"),
    "mount": ("mount_id", "mount_ids", "context_mount_id"),
    "blob": ("blob_id", "args_blob_id", "data_blob_id"),
    "volume": ("volume_id",),
    "secret": ("secret_id", "secret_ids", "credentials_secret_id"),
    "dict": ("dict_id", "object_id"),
    "queue": ("queue_id",),
    "environment": ("environment_id", "environment_ids"),
    "user": ("user_id",),
    "service user": ("service_user_id",),
    "token": ("token_id", "token_ids"),
    "call token": ("function_call_jwt",),
    "input token": ("input_jwt", "input_jwts"),
}
_KIND_OF = {field: kind for kind, fields in KINDS.items() for field in fields}
_WEB_TOKEN = "WebhookToken"


@dataclass(frozen=True)
class Place:
    """Where a request names something; no path: the request names nothing by an id."""

    method: MethodDescriptor
    path: tuple[str, ...]

    @property
    def rpc(self) -> str:
        return self.method.name

    @property
    def kind(self) -> str:
        """What is named there. KeyError where nobody has said: then it belongs into KINDS or NAMES_NOTHING."""
        kind = _KIND_OF[self.path[-1]]
        return "proxy token" if kind == "token" and self.rpc.startswith(_WEB_TOKEN) else kind

    def __str__(self) -> str:
        return f"{self.rpc}({'.'.join(self.path)})"


def places_of(method: MethodDescriptor) -> list[Place]:
    return [Place(method, path) for path in _paths(method.input_type, (), {method.input_type.full_name})]


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _names_a_thing(field: FieldDescriptor) -> bool:
    is_text = field.type == FieldDescriptor.TYPE_STRING or _is_map(field)
    return is_text and field.name.endswith(("_id", "_ids", "_jwt", "_jwts")) and field.name not in NAMES_NOTHING


def _paths(message: Descriptor, above: tuple[str, ...], seen: set[str]) -> Iterator[tuple[str, ...]]:
    for field in message.fields:
        if _names_a_thing(field):
            yield (*above, field.name)
        elif field.message_type is not None and not _is_map(field) and field.message_type.full_name not in seen:
            yield from _paths(field.message_type, (*above, field.name), seen | {field.message_type.full_name})


def put_at(request: Message, path: tuple[str, ...], value: str) -> None:
    """Names a thing at a place, with as much around it as a server needs to look there."""
    message = request
    for name in path[:-1]:
        inner = getattr(message, name)
        if message.DESCRIPTOR.fields_by_name[name].is_repeated:
            inner = inner[0] if len(inner) > 0 else inner.add()
        else:
            inner.SetInParent()
        message = inner
    if "mount_path" in message.DESCRIPTOR.fields_by_name:
        message.mount_path = "/data"
    field = message.DESCRIPTOR.fields_by_name[path[-1]]
    if _is_map(field):
        getattr(message, field.name)["name"] = value
    elif field.is_repeated:
        getattr(message, field.name)[:] = [value]
    else:
        setattr(message, field.name, value)
