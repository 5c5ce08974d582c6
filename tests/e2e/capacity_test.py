"""The capacity planner from outside: what is wanted and finds no room is seen, planned for and explained; only operators look and decide."""

import json
import uuid
from pathlib import Path
from typing import Iterator

import pytest

from harness.capacity import plan_vendor, slipway, told, waiting_group
from harness.platform_api import ask, get, new_member, new_workspace

# Plans are made for what the whole site wants.
pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def group() -> Iterator[dict]:
    with waiting_group() as waiting:
        yield waiting


def test_demand_is_read_from_what_finds_no_room(group: dict):
    assert group["gpuTypes"] == ["B200"] and group["gpusPerContainer"] == 8
    assert group["regions"] == ["us"] and group["latencyClass"] == "interactive" and group["spotTolerated"]
    assert group["demandKey"] in slipway("plan", "demand").stdout


def test_a_plan_is_made_for_it_with_a_reason_for_each_line(group: dict):
    plan = told("plan", "now")
    assert plan["starts"] >= 3, plan
    detail = get(f"/v1/capacity/plans/{plan['planId']}")
    flows = [flow for flow in detail["flows"] if flow["groupId"] == group["demandKey"]]
    assert sum(flow["containers"] for flow in flows) >= 3
    assert detail["gap"] <= 0.05 and detail["planner"]
    changes = told("plan", "diff", plan["planId"])["changes"]
    assert all(change["because"] and change["microUsdPerHour"] for change in changes if change["action"] == "start")
    shown = slipway("plan", "diff", plan["planId"]).stdout
    assert group["demandKey"] in shown and "start" in shown


def test_an_offer_is_explained(group: dict):
    plan = told("plan", "now")
    detail = get(f"/v1/capacity/plans/{plan['planId']}")
    bought = next(offer["offerId"] for offer in detail["offers"] if offer["starts"][0] > 0)
    why = told("plan", "explain", bought, plan["planId"])
    assert why["verdict"] == "bought" and why["because"] and why["listMicroUsdPerNodeHour"] > 0
    whole = told("plan", "explain")
    assert any(one["groupId"] == group["demandKey"] and one["microUsdPerGpuHour"] > 0 for one in whole["marginal"]), whole
    assert {("B200", "standard"), ("B200", "high")} <= {(one["gpuType"], one["priority"]) for one in whole["gpus"]}
    assert bought in [choice["offerId"] for choice in whole["choices"]]
    left = next(other["offerId"] for other in get("/v1/capacity/offers?gpuType=T4")["items"])
    assert told("plan", "explain", left, plan["planId"])["verdict"] in ("of-no-use", "not-bought")
    done = slipway("plan", "explain", "no/such/offer")
    assert done.returncode == 1 and "has no offer 'no/such/offer'" in done.stderr


def test_a_plan_can_be_made_again_and_asked_what_if(group: dict):
    plan = told("plan", "now")
    assert told("plan", "replay", plan["planId"])["identical"]
    doubled = told("plan", "what-if", plan["planId"], "--demand", "2")
    assert doubled["changed"]["nodes"] > doubled["base"]["nodes"]
    vendor = plan_vendor(plan["planId"])
    without = told("plan", "what-if", plan["planId"], "--without", f"vendor={vendor}")
    assert all(not change["offerId"].startswith(f"{vendor}/") for change in without["changes"] if change["action"] == "start")
    done = slipway("plan", "what-if", "--without", "vendor=no-such-cloud")
    assert done.returncode == 1 and "No offer of the plan's catalogue matches" in done.stderr
    try:
        told("plan", "limit", "maxStopsPerCycle=9")
        limited = told("plan", "now")
        assert told("plan", "what-if", limited["planId"], "--guardrail", "maxStopsPerCycle=none")["basePlanId"] == limited["planId"]
    finally:
        told("plan", "limit", "maxStopsPerCycle=none")
    for guardrail, text in [("maxStopsPerCycle=none", "made without maxStopsPerCycle"), ("maxPriceAgeMs=none", "always limited")]:
        done = slipway("plan", "what-if", plan["planId"], "--guardrail", guardrail)
        assert done.returncode == 1 and text in done.stderr


def test_what_happened_is_recorded_and_can_be_run_again(group: dict, tmp_path: Path):
    plan = told("plan", "now")
    span = ("--from", "2026-01-01T00:00:00Z", "--until", plan["madeAt"])
    done = slipway("plan", "record", *span)
    assert done.returncode == 1 and "31 days at most" in done.stderr
    done = slipway("plan", "record", "--until", plan["madeAt"])
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [row["type"] for row in rows]
    assert kinds[:3] == ["period", "policy", "happened"] and kinds.count("offer") > 5
    assert rows == told("plan", "record", "--until", plan["madeAt"])["items"]

    # Two hours of jobs at the prices of this site, whatever was wanted of it until now.
    job = {"type": "job", "duration_s": 1800, "gpus": 1, "gpu_types": ["H100"], "vcpus": 8, "memory_gib": 32}
    period = {"type": "period", "name": "two hours", "from": 0, "until": 7200, "warm_up_s": 1800}
    trace = [period, *(row for row in rows if row["type"] in ("offer", "policy")), *({**job, "at": at} for at in range(0, 7200, 600))]
    file = tmp_path / "jobs.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in [*trace, {**job, "at": 0, "gpus": 0.5}]))
    again = told("plan", "replay", "--period", str(file), "--policy", "guardrails.maxStartsPerCycle=1")
    assert [run["name"] for run in again["runs"]] == ["as it was", "replayed"] and again["hasOwnPolicy"]
    assert all(run["totalMicroUsd"] > 0 and run["boundMicroUsd"] > 0 for run in again["runs"])
    assert "gpus is '0.5'; it must be a whole number" in " ".join(again["notes"])
    done = slipway("plan", "replay", "--period", str(file), "--policy", "spot.share=1")
    assert done.returncode == 2 and "spot.maxMarketShare" in done.stderr


def test_the_hours_just_past_are_told_beside_the_plan(group: dict):
    told("plan", "now")
    assert told("plan", "past")["state"] in ("known", "working", "unknown")
    shown = slipway("plan").stdout
    assert "the hours just past" in shown or "a clairvoyant would have paid" in shown


def test_a_mistake_is_named(group: dict):
    for method, path, body, text in [
        ("GET", "/v1/capacity/plans/nonsense", None, "latest"),
        ("GET", "/v1/capacity/plans/pl-0", None, "no plan 'pl-0'"),
        ("PUT", "/v1/capacity/guardrails", {"guardrails": {"maxVendorShare": 3}}, "maxVendorShare is 3"),
        ("PUT", "/v1/capacity/floors", {"demandKey": "x", "containers": 1}, "no demand key"),
        ("POST", "/v1/capacity/what-if", {"demand": [{"factor": -1}]}, "factor"),
        ("GET", "/v1/capacity/recorded-period?from=yesterday&until=2026-11-20", None, "from is \"yesterday\""),
        ("GET", "/v1/capacity/recorded-period?from=2026-11-20&until=2999-11-20", None, "which is to come"),
    ]:
        status, problem = ask(method, path, body)
        assert status in (400, 404) and text in problem["detail"], problem


def test_only_operators_see_and_decide():
    tenant = new_workspace(f"tenant-{uuid.uuid4().hex[:8]}")
    member = new_member(f"member-{uuid.uuid4().hex[:8]}", "member")
    for account in (tenant, member):
        for method, path, body in [
            ("GET", "/v1/capacity/plans", None),
            ("GET", "/v1/capacity/demand", None),
            ("GET", "/v1/capacity/offers", None),
            ("GET", "/v1/capacity/past", None),
            ("GET", "/v1/capacity/recorded-period?from=2026-11-20&until=2026-11-21", None),
            ("POST", "/v1/capacity/plans", None),
            ("POST", "/v1/capacity/freeze", {"reason": "mischief"}),
        ]:
            status, problem = ask(method, path, body, account)
            assert status == 403 and problem["type"] == "/problems/not-the-operator", (path, problem)


def test_offers_are_listed_with_their_sources():
    document = get("/v1/capacity/offers?gpuType=H100&limit=500")
    assert document["total"] > 5 and all(offer["gpuType"] == "H100" and offer["source"] for offer in document["items"])
    assert len({offer["vendor"] for offer in document["items"]}) > 3
    shown = slipway("plan", "offers", "--filter", "gpu=H100", "--limit", "3").stdout
    assert "H100" in shown and f"3 of {document['total']} offers; --all shows all" in shown
    assert len(told("plan", "offers", "--filter", "gpu=H100", "--all")["items"]) == document["total"]
    assert told("plan", "lessons")["items"] is not None
    done = slipway("plan", "control", "surplus")
    assert done.returncode == 2 and "plan control takes no words" in done.stderr
