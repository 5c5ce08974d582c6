"""The capacity planner from outside: what is wanted and finds no room is seen, planned for and explained; only operators look and decide."""

import json
import subprocess
import uuid
from datetime import datetime, timezone
from pathlib import Path

import modal
import pytest

from harness.eventually import eventually
from harness.platform_api import ask, get, new_member, new_workspace

# Plans are made for what the whole site wants.
pytestmark = pytest.mark.alone

checkout = Path(__file__).parent.parent.parent

app = modal.App("e2e-capacity")


# No machine of this site has one, so its calls wait for a host that would have to be bought.
@app.function(gpu="B200:8", region="us", serialized=True, experimental_options={"slipway_class": "interactive"})
def wants_what_nobody_has() -> str:
    return "ran"


def slipway(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([checkout / "tools/slipway", *words], capture_output=True, text=True, timeout=180)


def told(*words: str) -> dict:
    done = slipway(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def lacking() -> list[dict]:
    return [group for group in get("/v1/capacity/demand")["items"] if group["wanted"]["lacking"] > 0]


@pytest.fixture(scope="module")
def group():
    """The demand group of three calls that wait for a host, for as long as the tests of this file need them."""
    with app.run():
        calls = [wants_what_nobody_has.spawn() for _ in range(3)]
        seen = eventually(
            lambda: [one for one in lacking() if "B200" in one["gpuTypes"] and one["wanted"]["lacking"] >= 3],
            30,
            "the lack of room is told",
        )
        yield seen[0]
        for call in calls:
            call.cancel()


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


def plan_vendor(plan_id: str) -> str:
    offers = get(f"/v1/capacity/plans/{plan_id}")["offers"]
    return next(offer["offerId"] for offer in offers if offer["starts"][0] > 0).split("/")[0]


def test_a_freeze_keeps_everything_as_it_is(group: dict):
    control = told("plan", "freeze", "--reason", "an end-to-end test")
    try:
        assert control["mode"] == "frozen" and control["frozen"]["reason"] == "an end-to-end test"
        assert told("plan", "now")["starts"] == 0
    finally:
        assert told("plan", "resume")["mode"] == "running"


def test_nothing_is_bought_of_what_is_excluded(group: dict):
    vendor = plan_vendor(told("plan", "now")["planId"])
    control = told("plan", "exclude", f"vendor={vendor}", "--reason", "an end-to-end test")
    try:
        assert [one["filter"] for one in control["exclusions"]] == [{"vendor": vendor}]
        assert f"excluded: vendor={vendor} by" in slipway("plan", "control").stdout
        plan = told("plan", "now")
        assert plan["starts"] >= 3, plan
        assert plan_vendor(plan["planId"]) != vendor
        left = next(one["offerId"] for one in get("/v1/capacity/offers?gpuType=B200&limit=500")["items"] if one["vendor"] == vendor)
        why = told("plan", "explain", left, plan["planId"])
        assert why["verdict"] == "of-no-use" or "excluded" in [one["rule"] for one in why["obstacles"]], why
        done = slipway("plan", "exclude", "vendor=no-such-cloud", "--reason", "a slip")
        assert done.returncode == 1 and "matches 'vendor=no-such-cloud'" in done.stderr
    finally:
        assert told("plan", "include", f"vendor={vendor}")["exclusions"] == []
    done = slipway("plan", "include", f"vendor={vendor}")
    assert done.returncode == 1 and "is not excluded; nothing is" in done.stderr


def test_terms_are_shown_and_weighed_and_never_bought(group: dict):
    plan = told("plan", "now")
    offers = get("/v1/capacity/offers?gpuType=H100&purchase=on-demand&limit=500")["items"]
    with_terms = [offer for offer in offers if offer["terms"]]
    assert with_terms and all(term["priceMicroUsdPerNodeHour"] < offer["priceMicroUsdPerNodeHour"] for offer in with_terms for term in offer["terms"])
    terms = told("plan", "terms", plan["planId"])
    assert terms["planId"] == plan["planId"] and terms["horizonMs"] > 0
    assert slipway("plan", "terms").returncode == 0
    vendor = plan_vendor(plan["planId"])
    asked = told("plan", "what-if", plan["planId"], "--commit", f"vendor={vendor},gpu=B200*2@0.01")
    assert asked["changed"]["paidMicroUsdPerHour"] < asked["base"]["paidMicroUsdPerHour"], asked
    done = slipway("plan", "what-if", "--commit", "vendor=aws*2")
    assert done.returncode == 2 and "WHAT*NODES@USD" in done.stderr


def test_what_was_committed_to_is_counted_with(group: dict):
    plan = told("plan", "now")
    offer_id = next(offer["offerId"] for offer in get(f"/v1/capacity/plans/{plan['planId']}")["offers"] if offer["starts"][0] > 0)
    offer = next(one for one in get("/v1/capacity/offers?gpuType=B200&limit=500")["items"] if one["offerId"] == offer_id)
    name = f"e2e-{uuid.uuid4().hex[:8]}"
    where = f"vendor={offer['vendor']},gpu=B200"
    terms = (where, "--nodes", "2", "--usd", "1", "--from", "2026-11-01", "--until", "2099-01-01")
    done = slipway("plan", "commit", name, *terms)
    assert done.returncode == 1 and "at most ten years" in done.stderr
    terms = (*terms[:-1], "2030-01-01")
    try:
        for _ in range(2):
            mine = [one for one in told("plan", "commit", name, *terms)["items"] if one["commitmentId"] == name]
            assert [(one["state"], one["nodes"], one["usedNodes"], one["paidMicroUsdPerHour"]) for one in mine] == [("in-force", 2, 0, 2_000_000)]
        assert name in slipway("plan", "commitments").stdout
        [recorded] = told("plan", "log", "control", "--limit", "1")["items"]
        assert (recorded["type"], recorded["commitmentId"], recorded["nodes"]) == ("capacity-commitment-recorded", name, 2)
        detail = get(f"/v1/capacity/plans/{told('plan', 'now')['planId']}")
        assert detail["cost"]["commitmentsMicroUsd"] > 0
        rows = told("plan", "record", "--until", datetime.now(timezone.utc).isoformat())["items"]
        [row] = [row for row in rows if row.get("commitment") == name]
        assert (row["type"], row["gpu"], row["nodes"], row["usd_per_hour"]) == ("commitment", "B200", 2, 1)
        started = sum(one["starts"][0] for one in detail["offers"] if one["offerId"].startswith(f"{offer['vendor']}/"))
        assert started >= 2 and "in any case" in slipway("plan", "show", detail["planId"]).stdout
        done = slipway("plan", "commit", name, where, "--nodes", "3", "--usd", "1", "--until", "2030-01-01")
        assert done.returncode == 1 and "with other terms already" in done.stderr
        done = slipway("plan", "commit", f"{name}-2", "vendor=no-such-cloud,gpu=B200", "--nodes", "1", "--usd", "1", "--until", "2030-01-01")
        assert done.returncode == 1 and "No offer of the catalogue is covered" in done.stderr
    finally:
        assert name not in [one["commitmentId"] for one in told("plan", "uncommit", name)["items"]]
    done = slipway("plan", "uncommit", name)
    assert done.returncode == 1 and "no commitment" in done.stderr


def test_a_guardrail_is_changed_beside_the_others():
    try:
        assert told("plan", "limit", "maxStartsPerCycle=7")["guardrails"]["maxStartsPerCycle"] == 7
        both = told("plan", "limit", "maxStopsPerCycle=3")["guardrails"]
        assert (both["maxStartsPerCycle"], both["maxStopsPerCycle"]) == (7, 3)
        done = slipway("plan", "limit", "maxVendorShare=3")
        assert done.returncode == 1 and "maxVendorShare is 3" in done.stderr
    finally:
        names = ("maxStartsPerCycle", "maxStopsPerCycle", "maxVendorShare", "minNonSpotShare")
        left = told("plan", "limit", *(f"{name}=none" for name in names))["guardrails"]
    assert not set(names) & set(left)


def test_what_operators_decide_is_in_the_log():
    assert told("plan", "limit", "maxStopsPerCycle=9")["guardrails"]["maxStopsPerCycle"] == 9
    told("plan", "limit", "maxStopsPerCycle=none")
    last, before = told("plan", "log", "control", "--limit", "2")["items"]
    assert last["type"] == before["type"] == "capacity-guardrails-set" and last["by"] == before["by"]
    assert (before["guardrails"].get("maxStopsPerCycle"), last["guardrails"].get("maxStopsPerCycle")) == (9, None)
    assert last["position"] > before["position"] and last["at"] >= before["at"]
    done = slipway("plan", "log", "h-000000000000")
    assert done.returncode == 1 and "knows nothing of 'h-000000000000'" in done.stderr


def test_a_plan_above_the_sum_waits_for_a_person(group: dict):
    before = get("/v1/capacity/control")["inForcePlanId"]
    assert ask("PUT", "/v1/capacity/guardrails", {"guardrails": {"approvalAboveMicroUsdPerHour": 1}})[0] == 200
    try:
        plan = told("plan", "now")
        assert plan["state"] == "waiting" and get("/v1/capacity/control")["inForcePlanId"] == before
        assert told("plan", "approve", plan["planId"])["state"] == "in-force"
        done = slipway("plan", "reject", plan["planId"], "--reason", "too late")
        assert done.returncode == 1 and "was approved by" in done.stderr
    finally:
        assert ask("PUT", "/v1/capacity/guardrails", {"guardrails": {}})[0] == 200


def test_a_change_is_left_out_when_a_plan_is_approved(group: dict):
    assert ask("PUT", "/v1/capacity/guardrails", {"guardrails": {"approvalAboveMicroUsdPerHour": 1}})[0] == 200
    left = None
    try:
        plan = told("plan", "now")
        change = next(one for one in told("plan", "diff", plan["planId"])["changes"] if one["action"] == "start")
        done = slipway("plan", "approve", plan["planId"], "--without", "no/such/offer")
        assert done.returncode == 1 and "changes nothing of 'no/such/offer'" in done.stderr
        approved = told("plan", "approve", plan["planId"], "--without", change["offerId"])
        left = change["offerId"]
        assert approved["state"] == "in-force" and approved["decided"]["without"] == [left]
        assert f"pinned: at most {change['nodesBefore']} of offer={left}" in slipway("plan", "control").stdout
        held = {one["offerId"]: one["nodes"][0] for one in get(f"/v1/capacity/plans/{told('plan', 'now')['planId']}")["offers"]}
        assert held.get(left, 0) <= change["nodesBefore"]
    finally:
        if left:
            told("plan", "unpin", f"offer={left}")
        assert ask("PUT", "/v1/capacity/guardrails", {"guardrails": {}})[0] == 200


def test_what_is_pinned_is_planned_for(group: dict):
    pinned = get("/v1/capacity/offers?gpuType=T4&purchase=on-demand")["items"][0]["offerId"]
    pin = ("plan", "pin", f"offer={pinned}", "--least", "1", "--most", "2", "--reason", "an end-to-end test")
    try:
        for _ in range(2):
            assert [(one["least"], one["most"]) for one in told(*pin)["pins"]] == [(1, 2)]
        [decided] = told("plan", "log", "control", "--limit", "1")["items"]
        assert (decided["type"], decided["filter"], decided["reason"]) == ("capacity-offers-pinned", {"offerId": pinned}, "an end-to-end test")
        detail = get(f"/v1/capacity/plans/{told('plan', 'now')['planId']}")
        assert [one["nodes"][0] for one in detail["offers"] if one["offerId"] == pinned] == [1]
        done = slipway("plan", "pin", f"offer={pinned}", "--least", "3", "--most", "2", "--reason", "a slip")
        assert done.returncode == 1 and "least is 3 and most is 2" in done.stderr
    finally:
        assert told("plan", "unpin", f"offer={pinned}")["pins"] == []
    done = slipway("plan", "freeze", "--all")
    assert done.returncode == 2 and "plan freeze does not take --all; it takes --reason" in done.stderr
    done = slipway("plan", "unpin", f"offer={pinned}")
    assert done.returncode == 1 and "is not pinned; nothing is" in done.stderr


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
