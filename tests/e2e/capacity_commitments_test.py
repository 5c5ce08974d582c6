"""Commitments: terms that are weighed, and what was committed to at vendors."""

import uuid
from datetime import datetime, timezone
from typing import Iterator

import pytest

from harness.capacity import plan_vendor, slipway, told, waiting_group
from harness.platform_api import get

# Plans are made for what the whole site wants.
pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def group() -> Iterator[dict]:
    with waiting_group() as waiting:
        yield waiting


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
