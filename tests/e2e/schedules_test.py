"""Functions of a deployed app are called by themselves, once for each tick."""

import os
import signal
import time
from datetime import datetime
from itertools import pairwise

import modal
import pytest

from harness.client_program import ClientProgram, modal_cli
from harness.eventually import eventually
from harness.platform_api import ask, get
from harness.supervisor import kill_nine, platform_processes, wait_until_all_ready, wait_until_replaced

APP = "e2e-scheduled"


@pytest.fixture(scope="module", autouse=True)
def deployed():
    done = modal_cli("deploy", "scheduled.py")
    assert done.code == 0, done.output
    assert "not run" not in done.output, "nothing is said against the schedules"
    yield
    modal_cli("app", "stop", "--yes", APP)


def active(tag: str, schedules: list[dict]) -> dict | None:
    """The one that runs: of an app that was stopped, the ended ones are still listed."""
    ours = (item for item in schedules if item.get("app") == APP and item["tag"] == tag)
    return next((item for item in ours if item["state"] == "active"), None)


def schedule_of(tag: str) -> dict:
    found = active(tag, get("/v1/schedules")["items"])
    assert found, f"the schedule of {tag} is active"
    return found


def runs_of(tag: str) -> dict[str, str]:
    """The calls of the last runs by the tick that made them."""
    return {run["dueAt"]: run["callId"] for run in schedule_of(tag)["lastRuns"]}


def moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def missed_between(sooner: float, later: float, gaps: list[dict]) -> int:
    """How many ticks were missed between these two."""
    return sum(gap["ticks"] for gap in gaps if sooner < moment(gap["firstDueAt"]) and moment(gap["lastDueAt"]) < later)


@pytest.mark.every_client
def test_a_period_calls_its_function_again_and_again():
    schedule = eventually(lambda: len((found := schedule_of("beat"))["lastRuns"]) >= 3 and found, 60, "three runs")
    due = sorted(moment(run["dueAt"]) for run in schedule["lastRuns"])
    for sooner, later in pairwise(due):
        # Of ticks that are late all but the last are missed.
        missed = missed_between(sooner, later, schedule["missedRuns"])
        assert later - sooner == pytest.approx(2 * (missed + 1), abs=0.01), schedule
    call_id = max(schedule["lastRuns"], key=lambda run: run["dueAt"])["callId"]
    assert modal.FunctionCall.from_id(call_id).get(timeout=120) is None
    app_id = schedule_of("beat")["appId"]

    def finished() -> bool:
        calls = get(f"/v1/calls?app={app_id}&state=finished&limit=500")["items"]
        return call_id in {call["id"] for call in calls}

    eventually(finished, 60, "the call in the list of finished calls")


def test_its_runs_are_in_the_logs_of_the_app():
    logs = ClientProgram("app", "logs", "--follow", APP)
    try:
        logs.wait_for_text("the clock beats", within_s=60)
    finally:
        logs.end()


def test_a_cron_tells_when_it_runs_next():
    nightly = schedule_of("nightly")
    assert (nightly["cron"], nightly["timeZone"]) == ("30 4 * * *", "Europe/Berlin")
    next_run = datetime.fromisoformat(nightly["nextRunAt"])
    assert (next_run.hour, next_run.minute) in {(3, 30), (2, 30)}, "04:30 in Berlin, in UTC"
    functions = get(f"/v1/functions?app={nightly['appId']}")["items"]
    assert {f["tag"]: f["schedule"]["nextRunAt"] for f in functions}["nightly"] == nightly["nextRunAt"]


def test_a_deployment_leaves_an_unchanged_period_as_it_is():
    before = schedule_of("beat")["startedAt"]
    assert modal_cli("deploy", "scheduled.py").code == 0
    assert schedule_of("beat")["startedAt"] == before


@pytest.mark.restarts
def test_a_tick_fires_once_though_the_scheduler_dies():
    sofar = set(runs_of("beat"))
    wait_until_replaced("scheduler", kill_nine("scheduler"))
    eventually(lambda: len(set(runs_of("beat")) - sofar) >= 2, 60, "two more runs")
    schedule = schedule_of("beat")
    told = {run["dueAt"] for run in schedule["lastRuns"]}
    for gap in schedule["missedRuns"]:
        first, last = moment(gap["firstDueAt"]), moment(gap["lastDueAt"])
        assert not any(first <= moment(tick) <= last for tick in told), "a tick fired or was missed, not both"
    assert len({run["callId"] for run in schedule["lastRuns"]}) == len(told) == len(schedule["lastRuns"])


@pytest.mark.restarts
def test_ticks_that_nobody_was_there_for_are_reported():
    before = schedule_of("beat")["missedRuns"]
    process = platform_processes()["scheduler"]
    os.kill(process.pid, signal.SIGSTOP)
    try:
        # Three periods go by.
        time.sleep(7)
    finally:
        os.kill(process.pid, signal.SIGCONT)
    wait_until_all_ready()

    def reported() -> list[dict]:
        status, document = ask("GET", "/v1/schedules")
        beat = active("beat", document["items"]) if status == 200 else None
        return [gap for gap in beat["missedRuns"] if gap not in before] if beat else []

    gap = eventually(reported, 60, "the ticks that were missed")[0]
    assert gap["ticks"] >= 1 and moment(gap["firstDueAt"]) <= moment(gap["lastDueAt"])
    sofar = set(runs_of("beat"))
    eventually(lambda: set(runs_of("beat")) - sofar, 60, "the next run")


@pytest.mark.parametrize(("app", "named"), [("wrong_cron.py", "61 * * * *"), ("wrong_time_zone.py", "Mars/Olympus")])
def test_a_schedule_that_cannot_be_kept_is_refused_by_name(app: str, named: str):
    done = modal_cli("deploy", app)
    assert done.code != 0
    assert named in done.output and "sweep" in done.output, done.output


def test_a_stopped_app_runs_no_more():
    app_id = schedule_of("beat")["appId"]
    assert modal_cli("app", "stop", "--yes", APP).code == 0
    ended = [item for item in get(f"/v1/schedules?app={app_id}")["items"]]
    assert {item["state"] for item in ended} == {"ended"}
    assert all("nextRunAt" not in item for item in ended)
