"""Bodies of web requests: larger than memory, no faster than the slower side, and for as long as the function may run."""

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from web_streams import Both, app, lane, port

from harness.client_program import ClientProgram
from harness.eventually import eventually
from harness.process_memory import memory_of
from harness.web_client import fetch, host_of, open_request, server

GIB = 1024**3
MIB = 1024**2
# What the kernel keeps of connections between the two sides is part of it.
MOST_ON_THE_WAY = 128 * MIB
# What a runtime keeps for itself is less than a tenth of such a body; who held it would have all of it.
BODY = 4 * GIB
NOT_THE_BODY = BODY // 10
# A platform asks for a result elsewhere after so long; this one keeps the request.
LONGER_THAN_OTHERS_WAIT_S = 155


@pytest.fixture(scope="module", autouse=True)
def running_app(running):
    return running(app)


@pytest.fixture(scope="module")
def long_request(running_app):
    """Begun first and looked at last, so that nobody waits for it alone."""
    with ThreadPoolExecutor(1) as pool:
        url = f"{lane.get_web_url()}/wait?name=long&seconds={LONGER_THAN_OTHERS_WAIT_S}"
        yield pool.submit(fetch, url, within_s=300)


def reach(way: str) -> str:
    ways = {"lane": lane.get_web_url, "bridge": lambda: Both().bridge.get_web_url(), "port": port.get_web_url}
    url = ways[way]()
    assert fetch(f"{url}/seen").status == 200
    return url


@pytest.fixture(scope="module", params=["lane", "bridge", "port"])
def url(request, long_request) -> str:
    return reach(request.param)


def seen(url: str) -> dict:
    return fetch(f"{url}/seen").json


def until_still(count) -> int:
    """The value of `count` once it rises no more."""
    last = [-1, 0]

    def still() -> bool:
        now = count()
        last[:] = [now, last[1] + 1 if now == last[0] and now > 0 else 0]
        return last[1] >= 10

    eventually(still, 60, "the stream stands still", every_s=0.1)
    return last[0]


def begin_upload(url: str, path: str, length: int) -> socket.socket:
    connection = socket.create_connection((server.hostname, server.port), timeout=300)
    head = f"POST {path} HTTP/1.1\r\nhost: {host_of(url)}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def read_json(connection: socket.socket) -> dict:
    with connection.makefile("rb") as answer:
        whole = answer.read()
    head, _, body = whole.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), whole
    return json.loads(body)


# On the bridge the client's runtime takes an answer into its own memory, a thousand parts ahead.
@pytest.mark.parametrize("way", ["lane", "port"])
def test_an_answer_is_made_no_faster_than_its_client_reads(way: str):
    url = reach(way)
    connection, answer = open_request(f"{url}/give?mib=400&name=slow")
    read = len(answer.read(MIB))
    given = until_still(lambda: seen(url)["given"]["slow"])
    assert given - read < MOST_ON_THE_WAY
    while part := answer.read(MIB):
        read += len(part)
    assert read == 400 * MIB
    connection.close()


def test_a_body_is_taken_no_faster_than_the_app_reads(url: str):
    whole, sent = 400 * MIB, [0]
    connection = begin_upload(url, "/take?name=held&held=true", whole)

    def send() -> None:
        part = b"\0" * MIB
        while sent[0] < whole:
            connection.sendall(part)
            sent[0] += len(part)

    sending = threading.Thread(target=send, daemon=True)
    sending.start()
    assert until_still(lambda: sent[0]) < MOST_ON_THE_WAY
    assert fetch(f"{url}/open?name=held", "POST").status == 200
    sending.join(120)
    assert read_json(connection)["bytes"] == whole
    connection.close()


def test_a_client_that_hangs_up_is_noticed(url: str):
    connection, answer = open_request(f"{url}/give?mib=100000&name=gone")
    answer.read(4096)
    connection.sock and connection.sock.close()
    answer.close()
    connection.close()
    eventually(lambda: "gone" in seen(url)["left"], 90, "the app's stream ends")


# What others send and receive meanwhile is in the same processes' memory.
@pytest.mark.alone
@pytest.mark.heavy
def test_a_body_of_four_gib_is_in_nobodys_memory_on_its_way_in():
    url = lane.get_web_url()
    connection = begin_upload(url, "/take?name=whole", BODY)
    part = memoryview(b"\0" * MIB)
    with memory_of("gateway", "worker-1") as peaks:
        for _ in range(BODY // MIB):
            connection.sendall(part)
        said = read_json(connection)
    connection.close()
    assert said["bytes"] == BODY
    assert max(peaks.grown_mib.values()) * MIB < NOT_THE_BODY, peaks.grown_mib
    assert said["peak_kib"] * 1024 < NOT_THE_BODY, "nor in the memory of the app's container"


@pytest.mark.alone
@pytest.mark.heavy
def test_a_body_of_four_gib_is_in_nobodys_memory_on_its_way_out():
    connection, answer = open_request(f"{lane.get_web_url()}/give?mib={BODY // MIB}", within_s=300)
    read, part = 0, bytearray(MIB)
    with memory_of("gateway", "worker-1") as peaks:
        while taken := answer.readinto(part):
            read += taken
    connection.close()
    assert read == BODY
    assert max(peaks.grown_mib.values()) * MIB < NOT_THE_BODY, peaks.grown_mib


@pytest.mark.parametrize("way", ["lane", "bridge"])
def test_work_after_an_answer_holds_nobody_up_and_outlives_the_idle_time_of_its_container(way: str, running_app):
    address = reach(way)
    logs = ClientProgram("app", "logs", "--follow", running_app.app_id)
    try:
        assert fetch(f"{address}/work-on?name={way}").text == "answered"
        # The work ends only with the second of these.
        assert fetch(f"{address}/seen").status == 200
        assert fetch(f"{address}/open?name={way}", "POST").status == 200
        logs.wait_for_text(f"the work after the answer by the {way} is done", within_s=60)
    finally:
        logs.end()


@pytest.mark.heavy
def test_a_request_may_take_as_long_as_its_function(long_request):
    """No redirect, no answer in between."""
    answer = long_request.result(300)
    assert (answer.status, answer.json) == (200, {"waited": LONGER_THAN_OTHERS_WAIT_S})
