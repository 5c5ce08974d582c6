"""What user code must not be able to do, attempted; and a neighbour that must not notice."""

import base64
import json
import os
import re
import secrets
import socket
import subprocess
from pathlib import Path

import pytest
from intruder import (
    NEIGHBOUR_MARK,
    NEIGHBOUR_PORT,
    Neighbour,
    answer_for,
    app,
    connect_to,
    fill_disk,
    fill_inodes,
    fill_memory,
    fork_without_end,
    look_around,
    open_devices,
    read_files,
    trace,
)

from harness.eventually import eventually
from harness.metadata_stand_in import metadata_stand_in
from harness.supervisor import home, platform_processes

DISK_MIB = 512


@pytest.fixture(scope="module", autouse=True)
def intruder_app(running):
    return running(app)


@pytest.fixture(autouse=True)
def unharmed_neighbour():
    before = Neighbour().presence.remote()
    yield before
    assert Neighbour().presence.remote() == before


def takes_connections(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), 1).close()
        return True
    except OSError:
        return False


def addresses_of_this_machine() -> list[str]:
    printed = subprocess.run(["ip", "-4", "-o", "address"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"inet ([\d.]+)", printed)


def test_files_of_the_host_cannot_be_read(tmp_path: Path):
    secret = secrets.token_hex()
    private = tmp_path / "private"
    private.write_text(secret)
    taken = read_files.remote([str(private), str(home / "secrets.json"), "/etc/shadow"])
    assert secret not in taken.values()
    host_shadow = Path("/etc/shadow").read_text()
    assert host_shadow not in taken.values()
    assert not [path for path in taken if path.endswith(("private", "secrets.json"))]


def test_files_and_sockets_of_a_neighbour_cannot_be_found():
    seen = look_around.remote()
    assert [path for path in seen["files"] if NEIGHBOUR_MARK in path] == []
    assert [path for path in seen["files"] if path.startswith("/run/slipway")] == ["/run/slipway/control.sock"]


def test_processes_of_neighbours_and_of_the_host_cannot_be_seen():
    processes = look_around.remote()["processes"]
    assert any("modal" in process for process in processes)
    assert not [process for process in processes if NEIGHBOUR_MARK in process or "main.js" in process]
    assert not [process for process in processes if "postgres" in process or "nats-server" in process]


def test_a_container_holds_no_credentials_of_the_platform():
    environment = "\n".join(look_around.remote()["environment"])
    kept = json.loads((home / "secrets.json").read_text())
    held = [name for name, value in kept.items() if isinstance(value, str) and value in environment]
    assert held == []
    assert "DATABASE_URL" not in environment and "NATS_URL" not in environment


def test_a_neighbours_server_cannot_be_reached(unharmed_neighbour: dict):
    targets = [(address, NEIGHBOUR_PORT) for address in unharmed_neighbour["addresses"]]
    assert targets and connect_to.remote(targets) == []


def test_no_part_of_the_platform_can_be_reached_by_any_address_of_the_machine():
    ports = json.loads((home / "ports.json").read_text())
    del ports["base"]
    assert takes_connections("127.0.0.1", ports["postgres"])
    targets = [(address, port) for address in addresses_of_this_machine() for port in ports.values()]
    assert connect_to.remote(targets) == []


def test_the_metadata_address_of_a_cloud_cannot_be_reached():
    with metadata_stand_in() as (address, port):
        assert takes_connections(address, port)
        assert connect_to.remote([(address, port)]) == []


def test_another_containers_input_cannot_be_answered(unharmed_neighbour: dict):
    call = Neighbour().hold.spawn()
    input_id = eventually(lambda: Neighbour().held.remote(), 60, "the neighbour holds an input")
    claim = json.dumps({"taskId": unharmed_neighbour["task_id"], "workspaceId": "ac-1", "appId": app.app_id})
    claims = ["", unharmed_neighbour["task_id"], base64.b64encode(claim.encode()).decode()]
    answer_for.remote(input_id, claims)
    with pytest.raises(TimeoutError):
        call.get(timeout=1)
    Neighbour().release.remote()
    assert call.get(timeout=60) == "said by the neighbour"


# Whoever works beside it gets little of the machine.
@pytest.mark.alone
@pytest.mark.timeout(600)
def test_a_fork_bomb_is_contained():
    most = 20_000
    try:
        forks = fork_without_end.remote(most)
    except Exception as ended:
        # Its container is ended for it, or its time is over.
        assert "container" in str(ended) or "timeout" in str(ended), ended
    else:
        assert forks < most


def test_memory_has_an_end():
    with pytest.raises(Exception, match="memory"):
        fill_memory.remote()


def test_a_disk_has_an_end():
    assert 0 < fill_disk.remote(2 * DISK_MIB) <= DISK_MIB


def test_the_number_of_files_has_an_end():
    most = 500_000
    assert 0 < fill_inodes.remote(most) < most - 1


def test_processes_of_the_host_cannot_be_traced_or_signalled():
    pids = [process.pid for process in platform_processes().values() if process.pid] + [os.getpid()]
    assert trace.remote(pids) == []


def test_devices_of_the_host_cannot_be_opened():
    lines = Path("/proc/partitions").read_text().split("\n")[2:]
    numbers = [tuple(map(int, line.split()[:2])) for line in lines if line]
    assert open_devices.remote([*numbers, (8, 0), (254, 0), (259, 0)]) == []
