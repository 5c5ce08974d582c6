"""The budget of an environment, by the protocol's own calls: the hard budget that the HTTP API shows."""

import asyncio
import uuid

import grpclib
import pytest
from modal_proto import api_pb2

from harness.client_program import modal_cli
from harness.platform_api import Account, ask, new_member, new_workspace
from harness.wire import Said, ask_rpc, wire

every_client = pytest.mark.every_client


@pytest.fixture(scope="module")
def owner() -> Account:
    return new_workspace(f"e2e-budget-{uuid.uuid4().hex[:8]}")


def rpc(account: Account, name: str, request) -> Said:
    async def said() -> Said:
        async with wire(account) as stub:
            return await ask_rpc(stub, name, request, within_s=10)

    return asyncio.run(said())


def id_of(account: Account, name: str) -> str:
    said = rpc(account, "EnvironmentGetOrCreate", api_pb2.EnvironmentGetOrCreateRequest(deployment_name=name))
    assert said.status == grpclib.Status.OK, said
    return api_pb2.EnvironmentGetOrCreateResponse.FromString(said.answer).environment_id


@pytest.fixture(scope="module")
def environment_id(owner: Account) -> str:
    return id_of(owner, "main")


def read(account: Account, environment_id: str) -> api_pb2.EnvironmentGetBudgetResponse:
    said = rpc(account, "EnvironmentGetBudget", api_pb2.EnvironmentGetBudgetRequest(environment_id=environment_id))
    assert said.status == grpclib.Status.OK, said
    return api_pb2.EnvironmentGetBudgetResponse.FromString(said.answer)


def change(account: Account, environment_id: str, **how) -> Said:
    request = api_pb2.EnvironmentSetBudgetRequest(environment_id=environment_id, **how)
    return rpc(account, "EnvironmentSetBudget", request)


def budgets(account: Account) -> list[dict]:
    return ask("GET", "/v1/billing/budgets", account=account)[1]["items"]


@every_client
def test_a_budget_is_set_read_and_taken_away(owner: Account, environment_id: str):
    assert not read(owner, environment_id).HasField("cycle_budget_dollars")
    assert change(owner, environment_id, cycle_budget_dollars=12.34).status == grpclib.Status.OK
    [budget] = budgets(owner)
    assert (budget["environment"], budget["kind"], budget["limitUsd"]) == ("main", "hard", "12.340000")
    assert ask("PUT", "/v1/billing/budgets", {"kind": "hard", "limitUsd": "5"}, owner)[0] == 200
    said = read(owner, environment_id)
    assert (said.cycle_budget_dollars, said.effective_cycle_spend_limit) == (12.34, 5)
    assert (said.current_cycle_usage, said.spend_limit_reached) == (0, False)
    for _ in range(2):
        assert change(owner, environment_id, clear_budget=True).status == grpclib.Status.OK
    assert ["environment" in one for one in budgets(owner)] == [False]
    assert ask("DELETE", f"/v1/billing/budgets/{budgets(owner)[0]['budgetId']}", account=owner)[0] == 204
    assert read(owner, environment_id).effective_cycle_spend_limit == 0


@pytest.mark.parametrize(
    "how, told", [({}, "cycle_budget_dollars is missing"), ({"cycle_budget_dollars": -1}, "must be from 0")]
)
def test_what_makes_no_budget_is_refused(owner: Account, environment_id: str, how: dict, told: str):
    said = change(owner, environment_id, **how)
    assert said.status == grpclib.Status.INVALID_ARGUMENT and told in said.message, said
    assert budgets(owner) == []


def test_members_do_not_see_or_set_it(owner: Account, environment_id: str):
    member = new_member(f"eve-{uuid.uuid4().hex[:8]}", "member", owner)
    assert change(member, environment_id, cycle_budget_dollars=1).status == grpclib.Status.PERMISSION_DENIED
    asked = api_pb2.EnvironmentGetBudgetRequest(environment_id=environment_id)
    assert rpc(member, "EnvironmentGetBudget", asked).status == grpclib.Status.PERMISSION_DENIED


@every_client
def test_a_budget_follows_its_environment_and_goes_with_it(owner: Account):
    def environment(*words: str) -> None:
        done = modal_cli("environment", *words, environment=owner.environment)
        assert done.code == 0, done.output

    name, other = (f"e2e-{uuid.uuid4().hex[:8]}" for _ in range(2))
    environment("create", name)
    assert change(owner, id_of(owner, name), cycle_budget_dollars=7).status == grpclib.Status.OK
    environment("update", name, "--set-name", other)
    assert read(owner, id_of(owner, other)).cycle_budget_dollars == 7
    environment("create", name)
    assert not read(owner, id_of(owner, name)).HasField("cycle_budget_dollars")
    environment("delete", other, "--yes")
    environment("create", other)
    assert not read(owner, id_of(owner, other)).HasField("cycle_budget_dollars")
    assert budgets(owner) == []
