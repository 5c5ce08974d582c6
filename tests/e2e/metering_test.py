"""What containers used is measured as the kernel counted it, read here by itself."""

import os
import signal
import time
import uuid
from typing import Callable

import modal
import pytest
from metered import app, burn, devour, hold, linger, send, sit

from harness.container_watch import ContainerWatch
from harness.eventually import eventually
from harness.platform_api import ask, new_workspace
from harness.supervisor import kill_nine, platform_processes, wait_until_all_ready, wait_until_replaced

# Measures to a thousandth, on a machine that does nothing else.
pytestmark = [pytest.mark.heavy, pytest.mark.alone]

INTERVAL_S = 10
SAMPLE_EVERY_S = 1
# A kill is itself a process to start and to wait for.
KILL_HEARD_WITHIN_S = 0.25
S = 1_000_000_000
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def watch(running):
    with ContainerWatch() as watching:
        running(app)
        yield watching


def usage_of(container: str) -> list[dict]:
    status, document = ask("GET", f"/v1/billing/containers/{container}/usage")
    return document["items"] if status == 200 else []


def whole_usage(container: str) -> list[dict]:
    def ended() -> list[dict]:
        facts = usage_of(container)
        return facts if facts and "end" in facts[-1] else []

    facts = eventually(ended, 60, f"the last usage fact of {container}", every_s=0.2)
    assert [fact["sequence"] for fact in facts] == list(range(len(facts)))
    return facts


def total(facts: list[dict], *path: str) -> int:
    def of(fact: dict) -> int:
        for name in path:
            fact = fact[name]
        return fact

    return sum(of(fact) for fact in facts)


def check_against(watch: ContainerWatch, facts: list[dict], end_heard_within_s: float = 0.05) -> None:
    """
    At most 0.1 % off in run time and CPU time, or as far as a look can be off: /proc tells a start to 10 ms, who waits for an
    end hears of it when the machine lets it run, which the watch has measured of itself, and CPU time that is used after the
    last look before the end is not seen.
    """
    watched = watch.seen[facts[0]["containerId"]]
    eventually(lambda: watched.ended_s is not None, 10, "the end of the container's process")
    ran = total(facts, "durationNs") / S
    used = total(facts, "cpu", "usedNs")
    unread_ns = watched.unread_cpu_ns
    assert used == pytest.approx(watched.cpu_ns, rel=0.001, abs=unread_ns)
    for fact in facts:
        assert sum(fact["phases"].values()) == fact["durationNs"] <= 1.2 * INTERVAL_S * S
    print(
        f"{facts[-1]['functionTag']}: run {ran:.3f} s, seen {watched.ran_s:.3f} s (late by up to {watch.late_s:.3f} s);"
        f" CPU {used / S:.3f} s, seen {watched.cpu_ns / S:.3f} s (and up to {unread_ns / S:.3f} s not);"
        f" {len(facts)} facts, end {facts[-1]['end']}"
    )
    assert ran == pytest.approx(watched.ran_s, rel=0.001, abs=end_heard_within_s + watch.late_s)


def test_a_busy_container(watch):
    container, worked_s = burn.remote(25)
    facts = whole_usage(container)
    check_against(watch, facts)
    assert total(facts, "cpu", "usedNs") > 2 * S
    # Busy with what it was given, and with taking and giving it; neither with its start nor while it is idle.
    assert worked_s <= total(facts, "phases", "busyNs") / S < worked_s + 1 + watch.late_s
    assert len(facts) >= 3 and facts[-1]["end"] == "idle"
    assert {share["callId"] for fact in facts for share in fact["calls"]} != set()
    assert {fact["functionTag"] for fact in facts} == {"burn"}
    assert all(fact["tags"] == {"team": "meters"} and fact["preemptible"] for fact in facts)


def test_an_idle_container(watch):
    container = sit.remote(22)
    facts = whole_usage(container)
    check_against(watch, facts)
    ran_ns = total(facts, "durationNs")
    assert total(facts, "cpu", "reservedNs") == ran_ns // 4
    assert total(facts, "memory", "reservedByteSeconds") == 256 * MIB * ran_ns // S


def test_a_container_with_much_memory(watch):
    container = hold.remote(400, 25)
    facts = whole_usage(container)
    watched = watch.seen[container]
    check_against(watch, facts)
    used = total(facts, "memory", "usedByteSeconds")
    print(f"memory {used / MIB:.0f} MiB s, seen {watched.byte_seconds / MIB:.0f} MiB s")
    # Between two samples it is taken to be their mean: what it grows by within one, and later shrinks by, may be half of one off.
    off_by = watched.peak_bytes * (SAMPLE_EVERY_S + watch.late_s)
    assert used == pytest.approx(watched.byte_seconds, abs=off_by)
    assert total(facts, "memory", "billableByteSeconds") >= used > 400 * 25 * MIB


def test_what_leaves_by_the_network(watch):
    container = send.remote(2_000, 1_000)
    egress = total(whole_usage(container), "egressBytes")
    print(f"egress {egress} bytes of 2,000 datagrams of 1,000 bytes")
    # 42 bytes of headers each; and the calls to its blob store, names and the like.
    assert 2_000 * 1_042 <= egress < 2_000 * 1_042 + 200_000


def new_container(watch: ContainerWatch, call_it: Callable[[], object]) -> tuple[str, object]:
    """Calls, and tells which container was started for it."""
    before = set(watch.seen)
    called = call_it()

    def new() -> list[str]:
        return [name for name in set(watch.seen) - before if name.startswith("ta-")]

    return eventually(new, 60, "a new container")[0], called


def test_a_container_whose_time_is_over(watch):
    container, call = new_container(watch, linger.spawn)
    with pytest.raises(modal.exception.FunctionTimeoutError):
        call.get()
    facts = whole_usage(container)
    check_against(watch, facts, KILL_HEARD_WITHIN_S)
    assert facts[-1]["end"] == "timeout"


def test_a_container_that_wants_too_much_memory(watch):
    container, call = new_container(watch, devour.spawn)
    with pytest.raises(Exception):
        call.get()
    facts = whole_usage(container)
    check_against(watch, facts)
    assert facts[-1]["end"] == "out-of-memory"


def test_a_container_that_is_killed(watch):
    container, call = new_container(watch, lambda: sit.spawn(600))
    eventually(lambda: usage_of(container), 60, "a first fact", every_s=0.5)
    call.cancel(terminate_containers=True)
    facts = whole_usage(container)
    check_against(watch, facts, KILL_HEARD_WITHIN_S)


@pytest.mark.restarts
def test_a_lost_worker_costs_at_most_one_interval(watch):
    container, call = new_container(watch, lambda: sit.spawn(600))
    watched = watch.seen[container]
    try:
        eventually(lambda: len(usage_of(container)) >= 2, 60, "two facts", every_s=0.2)

        def untold_s() -> float:
            ran_s = time.clock_gettime(time.CLOCK_BOOTTIME) - watched.started_s
            return ran_s - total(usage_of(container), "durationNs") / S

        eventually(lambda: untold_s() >= 3, 2 * INTERVAL_S, "three seconds that no fact tells of", every_s=0.2)
        ran_s = time.clock_gettime(time.CLOCK_BOOTTIME) - watched.started_s
        old = kill_nine("worker-1")
    finally:
        call.cancel(terminate_containers=True)
    wait_until_replaced("worker-1", old)
    eventually(lambda: watched.ended_s is not None, 60, "the lost worker's container is gone")
    billed_s = total(usage_of(container), "durationNs") / S
    print(f"run until its worker died {ran_s:.3f} s, billed {billed_s:.3f} s")
    assert ran_s - INTERVAL_S - 0.5 <= billed_s <= ran_s + 0.05


@pytest.mark.restarts
def test_usage_waits_for_a_billing_that_is_away(watch):
    billing = platform_processes()["billing"].pid
    os.kill(billing, signal.SIGSTOP)
    try:
        container = sit.remote(4)
    finally:
        os.kill(billing, signal.SIGKILL)
    wait_until_replaced("billing", billing)
    wait_until_all_ready()
    check_against(watch, whole_usage(container))


def test_another_workspace_finds_nothing_of_it(watch):
    container = sit.remote(0)
    whole_usage(container)
    stranger = new_workspace(f"e2e-meter-{uuid.uuid4().hex[:8]}")
    for path, refused in [
        (f"/v1/billing/containers/{container}/usage", 404),
        ("/v1/billing/usage-anomalies", 403),
    ]:
        status, problem = ask("GET", path, account=stranger)
        assert status == refused, problem
    assert ask("GET", "/v1/billing/usage-anomalies")[0] == 200
