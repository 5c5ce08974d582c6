"""Requests that are right in all but one thing: whose thing they name."""

from google.protobuf import json_format
from google.protobuf.message import Message
from modal_proto import api_pb2

from harness.named_places import Place, places_of, put_at
from harness.tenant import Tenant

_VALUES = {
    "n_values": 1,
    "limit": 1,
    "name": "new-name",
    "sha256_hex": "0" * 64,
    "bucket_secs": 3600,
    "deployment_name": "new-name",
    "object_creation_type": api_pb2.OBJECT_CREATION_TYPE_CREATE_IF_MISSING,
}


_HOUR = {"since": "2026-01-01T00:00:00Z", "until": "2026-01-01T01:00:00Z"}


def _function(own: dict[str, str]) -> dict:
    return {"moduleName": "m", "functionName": "f", "imageId": own["image"]}


def _input() -> dict:
    return {"idx": 0, "input": {"args": "", "dataFormat": "DATA_FORMAT_PICKLE"}}


def _sandbox(own: dict[str, str]) -> dict:
    return {"appId": own["app"], "definition": {"imageId": own["image"], "entrypointArgs": ["true"]}}


# What requests must hold beside ids of the asker's own that stand at their top; a place's first word chooses between two ways.
_AROUND = {
    "AppCountLogs": lambda own: _HOUR,
    "AppGetLogs": lambda own: {"timeout": 1},
    "FunctionCallCount": lambda own: _HOUR,
    "FunctionGetMetrics": lambda own: _HOUR,
    "ServerCountRequests": lambda own: _HOUR,
    "ServerGetMetrics": lambda own: _HOUR,
    "WorkspaceBillingReport": lambda own: {
        "startTimestamp": "2026-01-01T00:00:00Z",
        "endTimestamp": "2026-01-02T00:00:00Z",
        "resolution": "d",
    },
    "ImagePublish": lambda own: {"tag": "new-name:v1"},
    "AppPromote": lambda own: {"version": 1},
    "ClassCreate": lambda own: {"methods": [{"functionName": "f"}]},
    "EnvironmentSetBudget": lambda own: {"cycleBudgetDollars": 1000},
    "EnvironmentRoleSet": lambda own: {"role": "ENVIRONMENT_ROLE_VIEWER"},
    "FunctionCreate": lambda own: {"function": _function(own)},
    "FunctionCreate.function_data": lambda own: {
        "functionData": {"moduleName": "m", "functionName": "f", "rankedFunctions": [{"rank": 0, "function": _function(own)}]}
    },
    "FunctionMap": lambda own: {"functionCallType": "FUNCTION_CALL_TYPE_UNARY", "pipelinedInputs": [_input()]},
    "FunctionPrecreate": lambda own: {"functionName": "f"},
    "FunctionPutInputs": lambda own: {"inputs": [_input()]},
    "FunctionRetryInputs": lambda own: {"inputs": [{"inputJwt": own["input token"], "input": _input()["input"]}]},
    "ImageGetOrCreate": lambda own: {
        "builderVersion": "2025.06",
        "image": {
            "dockerfileCommands": ["FROM base", "ENV OTHER=1"],
            "baseImages": [{"dockerTag": "base", "imageId": own["image"]}],
        },
    },
    "SandboxCreate": _sandbox,
    "SandboxCreateV2": _sandbox,
}
# Ids at the top of a request that are not both there in one that is right.
_EITHER = {
    "FunctionCreate": {"existing_function_id"},
    "FunctionPrecreate": {"existing_function_id"},
    "ClassCreate": {"existing_class_id"},
    "ImageGetOrCreate": {"existing_image_id", "build_function_id"},
    "EnvironmentRoleSet": {"service_user_id"},
    "AppPublish": {"function_ids", "class_ids"},
}


def request_at(place: Place, asker: Tenant, named: Tenant) -> Message:
    """A request of the asker's that names at one place a thing of somebody."""
    request = getattr(api_pb2, place.method.input_type.name)()
    around = _AROUND.get(f"{place.rpc}.{place.path[0]}") or _AROUND.get(place.rpc)
    if around is not None:
        json_format.ParseDict(around(asker.ids), request)
    for name, value in _VALUES.items():
        field = request.DESCRIPTOR.fields_by_name.get(name)
        if field is not None and field.message_type is None:
            setattr(request, name, value)
    for own in places_of(place.method):
        if len(own.path) == 1 and own.path[0] not in _EITHER.get(place.rpc, ()):
            put_at(request, own.path, asker.ids[own.kind])
    put_at(request, place.path, named.ids[place.kind])
    return request
