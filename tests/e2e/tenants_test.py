"""Nothing of one workspace is seen or touched by another's token: every rpc of the protocol and every route of the HTTP API
is asked with foreign ids. The lists come from the schemas, so what is new is asked too; and the owner asks the same, and
must be answered otherwise, since a refusal for another reason would prove nothing."""

import asyncio
import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from modal_proto import api_pb2

from harness.client_program import modal_cli
from harness.foreign_requests import request_at
from harness.indifferent_places import INDIFFERENT, NOT_YET, OF_THE_SITE
from harness.named_places import SERVICE, Place, places_of
from harness.platform_api import ask, get, new_member
from harness.tenant import APP, Tenant, furnish
from harness.wire import Said, ask_rpc, wire

schema = Path(__file__).parent.parent.parent / "libs/protocol/proto/service.proto"

# Asked late, since they end what others ask about, and these last of all.
ENDINGS = re.compile(r"Stop|Cancel|Terminate|Remove|Clear|Disable|Enable|RoleSet|AppPublish|Rollback|Rollover")
LAST = re.compile(r"Delete|Disconnect")


def served_methods():
    served = set(re.findall(r"rpc (\w+)\(", schema.read_text()))
    return [method for method in SERVICE.methods if method.name in served]


def every_place() -> list[Place]:
    return [place for method in served_methods() for place in places_of(method)]


def when(place: Place) -> tuple[bool, str]:
    """All that ends nothing may be asked at once; the endings of one kind follow one another."""
    if LAST.search(place.rpc):
        return (True, f"last {place.rpc}")
    return (True, place.rpc) if ENDINGS.search(place.rpc) else (False, "")


# Longer than the server holds any answer open, so that each place gets one, however busy the machine is.
ANSWERED_S = 120

# All at once would be a crowd whose last waits for the time that it is given, on a busy machine.
AT_ONCE = 8


async def ask_everywhere(asker: Tenant, named: Tenant) -> dict[str, Said]:
    said: dict[str, Said] = {}
    turns = asyncio.Semaphore(AT_ONCE)
    async with wire(asker.account) as stub:

        async def ask_at(place: Place) -> None:
            async with turns:
                said[str(place)] = await ask_rpc(stub, place.rpc, request_at(place, asker, named), ANSWERED_S)

        for _, at_once in groupby(sorted(every_place(), key=when), key=when):
            await asyncio.gather(*map(ask_at, at_once))
    return said


@pytest.fixture(scope="module")
def tenants() -> Iterator[tuple[Tenant, Tenant]]:
    async def both():
        tag = uuid.uuid4().hex[:8]
        return await furnish(f"e2e-owner-{tag}"), await furnish(f"e2e-other-{tag}")

    made = asyncio.run(both())
    yield made
    for tenant in made:
        modal_cli("app", "stop", "--yes", APP, environment=tenant.account.environment)


@pytest.fixture(scope="module")
def foreign(tenants) -> dict[str, Said]:
    """What another tenant is told at every place that names a thing of the owner's."""
    owner, other = tenants
    return asyncio.run(ask_everywhere(other, owner))


def test_every_foreign_id_is_not_found(foreign: dict[str, Said]):
    wrong = [
        f"{place}: {foreign[str(place)]}"
        for place in every_place()
        if str(place) not in INDIFFERENT and not (foreign[str(place)].hides or foreign[str(place)].is_for_hosts)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_answer_holds_anything_of_the_owner(foreign: dict[str, Said], tenants):
    owner, _ = tenants
    leaks = [
        f"{place}: {kind}"
        for place in every_place()
        for kind, known in [*owner.ids.items(), ("name", owner.name)]
        # What was asked with may be said again.
        if kind != place.kind and known.encode() in foreign[str(place)].answer
    ]
    assert leaks == []


def test_what_is_the_owners_is_as_it_was(foreign, tenants):
    owner, _ = tenants

    async def look() -> list[Said]:
        async with wire(owner.account) as stub:
            return [
                await ask_rpc(stub, "DictLen", api_pb2.DictLenRequest(dict_id=owner.ids["dict"])),
                await ask_rpc(stub, "QueueLen", api_pb2.QueueLenRequest(queue_id=owner.ids["queue"])),
                await ask_rpc(stub, "VolumeGetById", api_pb2.VolumeGetByIdRequest(volume_id=owner.ids["volume"])),
                await ask_rpc(stub, "FunctionGet", api_pb2.FunctionGetRequest(app_name=APP, object_tag="add")),
                await ask_rpc(stub, "ImageFromId", api_pb2.ImageFromIdRequest(image_id=owner.ids["image"])),
            ]

    assert [str(said) for said in asyncio.run(look())] == ["OK"] * 5
    waiting = api_pb2.SandboxWaitRequest(sandbox_id=owner.ids["sandbox"], timeout=0)

    async def sandbox() -> Said:
        async with wire(owner.account) as stub:
            return await ask_rpc(stub, "SandboxWait", waiting)

    result = api_pb2.SandboxWaitResponse.FromString(asyncio.run(sandbox()).answer).result
    assert result.status == api_pb2.GenericResult.GENERIC_STATUS_UNSPECIFIED, "nobody ended the sandbox"


def test_a_file_is_not_had_by_who_knows_its_digest(tenants):
    owner, other = tenants
    digest = hashlib.sha256(f"the source code of {owner.name}".encode()).hexdigest()
    file = api_pb2.MountFile(filename="/taken", sha256_hex=digest, size=9)

    async def take(tenant: Tenant) -> list[str]:
        async with wire(tenant.account) as stub:
            there = await stub.MountPutFile(api_pb2.MountPutFileRequest(sha256_hex=digest))
            mount = api_pb2.MountGetOrCreateRequest(
                object_creation_type=api_pb2.OBJECT_CREATION_TYPE_ANONYMOUS_OWNED_BY_APP, files=[file]
            )
            put = api_pb2.VolumePutFilesRequest(volume_id=tenant.ids["volume"], files=[file])
            said = [await ask_rpc(stub, "MountGetOrCreate", mount), await ask_rpc(stub, "VolumePutFiles", put)]
        return [str(there.exists), *(one.status.name for one in said)]

    assert asyncio.run(take(other)) == ["False", "FAILED_PRECONDITION", "NOT_FOUND"]
    assert asyncio.run(take(owner)) == ["True", "OK", "OK"]


def test_every_route_hides_what_is_the_owners(tenants):
    owner, other = tenants
    wrong, found = [], set()
    routes = {path: methods for path, methods in get("/v1/openapi.json")["paths"].items() if path.startswith("/v1/")}
    for path, methods in routes.items():
        for method, described in methods.items():
            for filled in filled_paths(path, method, described, owner):
                status, answer = ask(method.upper(), filled, account=other.account)
                if "{" in path and status not in (403, 404):
                    wrong.append(f"{method.upper()} {filled}: {status} {answer}")
                if any(f'"{known}"' in json.dumps(answer) for known in owner.ids.values()) and status == 200:
                    wrong.append(f"{method.upper()} {filled} tells of the owner's")
                if method == "get" and ask("GET", filled, account=owner.account)[0] == 200:
                    found.add(path)
    assert wrong == []
    # A refusal proves something only where the owner is not refused.
    silent = [path for path, methods in routes.items() if "get" in methods and path not in found]
    assert [path for path in silent if path not in NOT_YET and not OF_THE_SITE.match(path)] == []


OF_AN_ENVIRONMENT = {"app", "function", "class", "call", "sandbox", "task", "dict", "queue", "volume", "secret", "environment"}


def test_every_route_hides_what_is_in_an_environment_that_is_closed_to_a_member(tenants):
    owner, _ = tenants
    member = new_member(f"{owner.name}-stranger", "member", owner.account)
    closed = ("environment", "roles", "update", "main", f"{owner.name}-stranger", "--role", "no-access")
    assert modal_cli(*closed, environment=owner.account.environment).code == 0
    hidden = [known for kind, known in owner.ids.items() if kind in OF_AN_ENVIRONMENT]
    told = []
    for path, methods in get("/v1/openapi.json")["paths"].items():
        if not path.startswith("/v1/") or "get" not in methods:
            continue
        for filled in filled_paths(path, "get", methods["get"], owner):
            status, answer = ask("GET", filled, account=member)
            text = json.dumps(answer)
            told += [f"{filled}: {status} {known}" for known in hidden if status == 200 and f'"{known}"' in text]
    assert told == []
    assert any(f'"{known}"' in json.dumps(ask("GET", "/v1/apps", account=owner.account)[1]) for known in hidden)


def filled_paths(path: str, method: str, described: dict, owner: Tenant) -> list[str]:
    """The path with each of the owner's ids in its braces, or one of them in each parameter that takes one."""
    if "{every}" in path:
        return []  # A schedule of the caller's own, by how often it runs.
    if "{" in path:
        ids = [known for kind, known in owner.ids.items() if not kind.endswith("token")]
        return [re.sub(r"{\w+}", known, path) for known in ([f"{owner.name}-member"] if "{name}" in path else ids)]
    if method != "get":
        return []
    parameters = [parameter for parameter in described.get("parameters", []) if parameter["in"] == "query"]
    queries = [parameter["name"] for parameter in parameters]
    span = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
    needed = [parameter["name"] for parameter in parameters if parameter.get("required")]
    if needed:
        return [f"{path}?{'&'.join(f'{name}={span.get(name, 3600)}' for name in needed)}"]
    narrowing = {"app": "app", "function": "function", "call": "call", "container": "task"}
    return [path, *(f"{path}?{name}={owner.ids[narrowing[name]]}" for name in queries if name in narrowing)]


def test_the_owner_is_answered_otherwise(foreign, tenants):
    owner, _ = tenants
    own = asyncio.run(ask_everywhere(owner, owner))
    wrong = [
        f"{place}: {own[str(place)]}"
        for place in every_place()
        if foreign[str(place)].hides and not own[str(place)].comes_of_looking
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_said_to_be_indifferent_is(foreign):
    places = {str(place) for place in every_place()}
    hidden = [place for place in INDIFFERENT if place in places and foreign[place].hides]
    assert hidden == [], "these are looked up after all"


def test_every_rpc_that_is_served_answers(tenants):
    _, other = tenants

    async def every() -> list[str]:
        async with wire(other.account) as stub:
            answers = {
                method.name: await ask_rpc(stub, method.name, method.input_type._concrete_class(), within_s=0.5)
                for method in served_methods()
            }
        return [rpc for rpc, said in answers.items() if not (said.is_served or said.is_for_hosts)]

    assert asyncio.run(every()) == []
