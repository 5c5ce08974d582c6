"""What operators decide about capacity: freezes, exclusions, guardrails, approvals and pins."""

from typing import Iterator

import pytest

from harness.capacity import plan_vendor, slipway, told, waiting_group
from harness.platform_api import ask, get

# Plans are made for what the whole site wants.
pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def group() -> Iterator[dict]:
    with waiting_group() as waiting:
        yield waiting


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
