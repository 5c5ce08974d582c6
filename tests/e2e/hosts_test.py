"""Hosts are bought for what waits, run it, and are given back: simulated vendors, real workers."""

import json
import math
import os
import urllib.request
from pathlib import Path
from typing import Iterator

import modal
import pytest

from harness.eventually import eventually
from harness.platform_api import ask, get, items_of, live_tasks, tasks_of
from harness.second_worker import up_with
from harness.supervisor import kill_nine, platform_processes, wait_until_all_ready, wait_until_replaced

pytestmark = [pytest.mark.heavy, pytest.mark.restarts]

app = modal.App("e2e-hosts")


# No machine of this site has one: the calls wait until one is bought.
@app.function(gpu="H100", serialized=True, scaledown_window=2, max_containers=2)
def on_a_bought_gpu(x: int) -> tuple[int, str]:
    import os
    import time

    time.sleep(0.5)
    return 2 * x, os.environ["MODAL_TASK_ID"]


def cloud(path: str, body: dict | None = None) -> list[dict] | None:
    """Plays the weather of the simulated vendors, or asks one of them something."""
    port = platform_processes()["simulated-cloud"].port
    key = json.loads((Path(os.environ["SLIPWAY_HOME"]) / "secrets.json").read_text())["simulatedCloudKey"]
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method="GET" if body is None else "POST",
        headers={"authorization": f"Bearer {key}"},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == (200 if body is None else 204)
        return json.load(answer) if body is None else None


def seconds_billed_by_vendors() -> dict[str, int]:
    """What the vendors themselves say of hosts that are gone: begun seconds count, a minute at least."""
    listed = [host for vendor in ("simulated-north", "simulated-south") for host in cloud(f"/hosts/{vendor}")]
    gone = [host for host in listed if "goneAt" in host]
    return {host["hostId"]: max(60, math.ceil((host["goneAt"] - host["billedFrom"]) / 1000)) for host in gone}


def hosts(*statuses: str) -> list[dict]:
    listed = {host["hostId"]: host for host in items_of("/v1/capacity/hosts")}
    return [host for host in listed.values() if not statuses or host["status"] in statuses]


def alive() -> list[dict]:
    return hosts("asked", "starting", "running", "draining", "stopping")


def vendors_that_ran_it() -> set[str]:
    """Of whom the hosts are on which the app's containers are or were, however far those are with being given back."""
    workers = {task["workerId"] for task in tasks_of(app.app_id)}
    return {host["vendor"] for host in hosts() if host["hostId"] in workers}


def hosts_at_work() -> list[dict]:
    """The running hosts that have a container of the app."""
    workers = {task["workerId"] for task in live_tasks(app.app_id)}
    return [host for host in hosts("running") if host["hostId"] in workers]


@pytest.fixture(scope="module", autouse=True)
def simulated_cloud() -> Iterator[None]:
    up_with("--workers", "1", "--simulate-cloud")
    try:
        wait_until_all_ready()
        yield
    finally:
        up_with("--workers", "1")
        wait_until_all_ready()


def plan_now() -> None:
    # A plan that is being made is waited for, and another one is made.
    ask("POST", "/v1/capacity/plans", {}, within_s=300)


def all_given_back() -> bool:
    plan_now()
    return not alive()


def test_demand_buys_hosts_that_run_it_and_are_given_back():
    of_others = {host["hostId"] for host in hosts()}
    with app.run():
        results = list(on_a_bought_gpu.map(range(20)))
        assert [double for double, _ in results] == [2 * x for x in range(20)]
        ran_on = {task["workerId"] for task in tasks_of(app.app_id)}
        bought = hosts("running", "draining", "stopping", "ended")
        placed = get("/v1/capacity/placements")
        by = placed["containers"]
        assert by["plan"] + by["best-fit"] >= len(ran_on)
        assert sum(row["containers"] for row in placed["items"]) == by["best-fit"]
        assert ran_on <= {host["hostId"] for host in bought} and all(host["simulated"] for host in bought)
    eventually(all_given_back, 240, "every host is given back when nothing is wanted", every_s=2)
    for host in hosts("ended"):
        assert host["hostId"] in of_others or host["how"] == "stopped" and host["costMicroUsd"] > 0
    billed = seconds_billed_by_vendors()
    assert billed == {host["hostId"]: host["billedSeconds"] for host in hosts("ended") if host["hostId"] in billed}
    assert {host["hostId"] for host in bought} - of_others <= billed.keys()


def diff_of_a_start() -> dict | None:
    """The diff of the newest plan, once it waits for a person with a start of ours."""
    plan_now()
    diff = get("/v1/capacity/plans/latest/diff")
    asks = any((step["action"], step.get("held", {}).get("by")) == ("start", "approval") for step in diff.get("steps", []))
    return diff if asks else None


def test_what_waits_for_a_person_is_told_step_by_step():
    eventually(all_given_back, 240, "no host is left from before", every_s=2)
    assert ask("PUT", "/v1/capacity/guardrails", {"guardrails": {"approvalAboveMicroUsdPerHour": 1}})[0] == 200
    try:
        with app.run():
            call = on_a_bought_gpu.spawn(3)
            diff = eventually(diff_of_a_start, 60, "a plan waits that buys a host", every_s=1)
            assert {(step["action"], step["held"]["by"], step["containers"]) for step in diff["steps"]} == {("start", "approval", 0)}
            assert ask("POST", f"/v1/capacity/plans/{diff['planId']}/approve", {})[0] == 200
            assert call.get()[0] == 6
    finally:
        assert ask("PUT", "/v1/capacity/guardrails", {"guardrails": {}})[0] == 200
    eventually(all_given_back, 240, "every host is given back", every_s=2)


def test_a_vendor_that_has_no_more_is_left_for_another():
    cloud("/weather", {"vendor": "simulated-north", "state": "full"})
    try:
        with app.run():
            assert on_a_bought_gpu.remote(4)[0] == 8
            assert vendors_that_ran_it() == {"simulated-south"}
    finally:
        cloud("/weather", {"vendor": "simulated-north", "state": "up"})


def test_a_vendor_that_does_not_answer_stops_nobody_else():
    cloud("/weather", {"vendor": "simulated-north", "state": "down"})
    try:
        with app.run():
            assert on_a_bought_gpu.remote(6)[0] == 12
            assert vendors_that_ran_it() == {"simulated-south"}
        eventually(all_given_back, 240, "what the other has is given back", every_s=2)
    finally:
        cloud("/weather", {"vendor": "simulated-north", "state": "up"})


def prices_of(vendor: str) -> set[int]:
    """What one H100 of a vendor costs an hour, in micro-dollars, by each way to pay, as the planner knows it."""
    offers = get(f"/v1/capacity/offers?vendor={vendor}&gpuType=H100&limit=500")["items"]
    return {offer["priceMicroUsdPerNodeHour"] for offer in offers if offer["gpuCount"] == 1}


def test_hosts_are_bought_where_they_are_cheaper_now():
    eventually(all_given_back, 240, "no host is left from before", every_s=2)
    # The cheaper vendor becomes the dearer one; moves of less than a third are believed when they are first read.
    cloud("/weather", {"vendor": "simulated-north", "priceFactor": 1.28})
    cloud("/weather", {"vendor": "simulated-south", "priceFactor": 0.72})
    try:
        for vendor, price in (("simulated-north", 3_200_000), ("simulated-south", 2_232_000)):
            eventually(lambda: price in prices_of(vendor), 120, f"the planner has read the new prices of {vendor}")
        with app.run():
            assert on_a_bought_gpu.remote(5)[0] == 10
            assert vendors_that_ran_it() == {"simulated-south"}
            assert "simulated-north" not in {host["vendor"] for host in hosts("running", "draining")}
    finally:
        for vendor in ("simulated-north", "simulated-south"):
            cloud("/weather", {"vendor": vendor, "priceFactor": 1})


def test_what_runs_on_a_host_that_is_taken_runs_again_elsewhere():
    with app.run():
        # Half a second each: enough work for the host to be seen at it.
        calls = [on_a_bought_gpu.spawn(x) for x in range(120)]
        (taken, *_) = eventually(hosts_at_work, 240, "a host is at work", every_s=0.5)
        cloud("/preemptions", {"hostId": taken["hostId"], "noticeMs": 3_000})
        assert [call.get()[0] for call in calls] == [2 * x for x in range(120)]
        how = lambda: [host for host in hosts("ended") if host["hostId"] == taken["hostId"]]
        assert eventually(how, 60, "the host is gone", every_s=0.5)[0]["how"] == "preempted"
        log = get(f"/v1/capacity/events?of={taken['hostId']}")["items"]
        assert {"capacity-host-asked", "capacity-host-preemption-noticed"} <= {event["type"] for event in log}
        assert [event["how"] for event in log if event["type"] == "capacity-host-ended"] == ["preempted"]


def test_the_ledger_survives_the_planner():
    with app.run():
        assert on_a_bought_gpu.remote(1)[0] == 2
        before = {host["hostId"] for host in hosts()}
        wait_until_replaced("capacity-planner", kill_nine("capacity-planner"))
        assert before <= {host["hostId"] for host in hosts()}
        assert on_a_bought_gpu.remote(2)[0] == 4
    eventually(all_given_back, 240, "every host is given back", every_s=2)
    billed = seconds_billed_by_vendors()
    assert billed and billed == {host["hostId"]: host["billedSeconds"] for host in hosts() if host["hostId"] in billed}
