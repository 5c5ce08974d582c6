"""Processes of the platform die in the middle of work; users notice a pause at most."""

import hashlib
import os

import pytest
from steady import app, digest_of, triple

from harness.container_processes import container_processes
from harness.container_remains import containers_known, namespaces_of, remains_of
from harness.eventually import eventually
from harness.platform_api import get, live_tasks
from harness.supervisor import kill_nine, wait_until_all_ready, wait_until_replaced

pytestmark = [pytest.mark.heavy, pytest.mark.restarts]

INPUTS = 2_000
SPAWNED = 500
KIB = 1024
EVERY_KIND = [
    "gateway",
    "scheduler",
    "blob-store",
    "image-builder",
    "worker-1",
    "nats",
    "postgres",
    "redis",
]


@pytest.fixture(scope="module", autouse=True)
def steady_app(running):
    return running(app)


@pytest.fixture(autouse=True)
def healthy_before_and_after():
    wait_until_all_ready()
    yield
    wait_until_all_ready()


@pytest.mark.parametrize("victim", EVERY_KIND)
def test_a_map_survives_the_death_of(victim: str):
    results = iter(triple.map(range(INPUTS)))
    got = [next(results) for _ in range(INPUTS // 8)]
    killed = kill_nine(victim)
    got.extend(results)
    assert got == [3 * x for x in range(INPUTS)]
    wait_until_replaced(victim, killed)


def test_large_arguments_of_a_function_without_containers_survive_the_death_of_the_blob_store():
    contents = [os.urandom(KIB * size) for size in (9, 64, 512, 1024)]
    # Their arguments are blobs, and their first container is still to fetch all that it is made of.
    calls = [digest_of.spawn(content) for content in contents]
    killed = kill_nine("blob-store")
    assert [call.get(timeout=120) for call in calls] == [hashlib.sha256(content).hexdigest() for content in contents]
    wait_until_replaced("blob-store", killed)


def test_spawned_calls_survive_the_death_of_every_process_one_after_the_other():
    calls = [triple.spawn(x) for x in range(SPAWNED)]
    for victim in EVERY_KIND:
        wait_until_replaced(victim, kill_nine(victim))
    assert [call.get(timeout=120) for call in calls] == [3 * x for x in range(SPAWNED)]


def test_a_killed_worker_leaves_nothing_of_its_containers_behind():
    results = iter(triple.map(range(INPUTS)))
    next(results)

    def running_containers() -> set[str]:
        tasks = {task["id"] for task in live_tasks(app.app_id)}
        return tasks if container_processes(tasks) and remains_of(tasks) else set()

    # Who gave the first result may have ended since, and who follows may not have begun.
    old = eventually(running_containers, 60, "a container that runs", every_s=0.3)
    wait_until_replaced("worker-1", kill_nine("worker-1"))
    assert container_processes(old) == {}
    assert remains_of(old) == []
    assert list(results) == [3 * x for x in range(1, INPUTS)]
    eventually(
        lambda: len(namespaces_of("worker-1")) == len(containers_known("worker-1")), 30, "no namespace without its container"
    )


def test_what_a_killed_gateway_was_folding_is_soon_seen():
    def shown(call_id: str) -> bool:
        return any(call["id"] == call_id for call in get(f"/v1/calls?app={app.app_id}&limit=50")["items"])

    # Not each of them is in the middle of a fold.
    for _ in range(4):
        results = iter(triple.map(range(200)))
        next(results)
        wait_until_replaced("gateway", kill_nine("gateway"))
        assert len(list(results)) == 199
        call = triple.spawn(1)
        eventually(lambda: shown(call.object_id), 60, "the call among the API's", every_s=0.3)


def test_spawned_calls_survive_the_death_of_everything_at_once():
    calls = [triple.spawn(x) for x in range(SPAWNED)]
    killed = {name: kill_nine(name) for name in EVERY_KIND}
    for name, pid in killed.items():
        wait_until_replaced(name, pid, within_s=90)
    assert [call.get(timeout=120) for call in calls] == [3 * x for x in range(SPAWNED)]
