"""A queue hands each item to one taker, in order, wakes those who wait, and is managed from the command line."""

import asyncio
import json
import queue as stdlib_queue
import threading
import uuid
from collections.abc import Awaitable, Callable

import modal
import pytest
from modal.exception import AlreadyExistsError, NotFoundError, RequestSizeError
from modal_proto import api_pb2

from harness.client_program import modal_cli
from harness.javascript_program import run_javascript
from harness.platform_api import own_account
from harness.wire import wire

every_client = pytest.mark.every_client


@pytest.fixture
def name():
    name = f"e2e-queue-{uuid.uuid4().hex[:8]}"
    yield name
    modal.Queue.objects.delete(name, allow_missing=True)


@every_client
def test_items_come_out_in_order_from_their_partition(name: str):
    shared = modal.Queue.from_name(name, create_if_missing=True)
    shared.put("first")
    shared.put_many(["second", {"third": 3}])
    shared.put("apart", partition="other")
    assert shared.len() == 3 and shared.len(partition="other") == 1 and shared.len(total=True) == 4
    assert list(shared.iterate()) == ["first", "second", {"third": 3}]
    assert shared.get() == "first"
    assert shared.get_many(10) == ["second", {"third": 3}]
    assert shared.get(block=False) is None
    with pytest.raises(stdlib_queue.Empty):
        shared.get(timeout=0.2)
    assert shared.get(partition="other") == "apart"
    shared.put_many([1, 2])
    shared.clear()
    assert shared.len() == 0


async def waits(taker: Awaitable, ask: Callable[[], Awaitable]) -> asyncio.Future:
    """The taker, once others who asked after it on its connection, one by one, were told that there is nothing."""
    waiting = asyncio.ensure_future(taker)
    for _ in range(20):
        assert not await ask()
    assert not waiting.done()
    return waiting


@every_client
def test_who_waits_is_given_what_comes(name: str):
    shared = modal.Queue.from_name(name, create_if_missing=True).hydrate()

    async def wait_and_put():
        waiting = await waits(shared.get.aio(timeout=60), lambda: shared.get.aio(block=False))
        await shared.put.aio("wake")
        return await asyncio.wait_for(waiting, 90)

    assert asyncio.run(wait_and_put()) == "wake"


def test_one_request_is_held_until_something_comes(name: str):
    """The client asks again and again: whether the server lets it wait shows in a request alone."""
    shared = modal.Queue.from_name(name, create_if_missing=True).hydrate()

    async def wait_and_put() -> int:
        async with wire(own_account()) as stub:

            async def ask(timeout: float) -> list[bytes]:
                request = api_pb2.QueueGetRequest(queue_id=shared.object_id, timeout=timeout, n_values=1)
                return list((await stub.QueueGet(request)).values)

            waiting = await waits(ask(50), lambda: ask(0))
            await shared.put.aio("wake")
            return len(await asyncio.wait_for(waiting, 90))

    assert asyncio.run(wait_and_put()) == 1


def test_many_takers_get_each_item_once(name: str):
    shared = modal.Queue.from_name(name, create_if_missing=True).hydrate()
    got: list[int] = []

    def take() -> None:
        while (item := shared.get(timeout=60)) is not None:
            got.append(item)

    takers = [threading.Thread(target=take) for _ in range(8)]
    for taker in takers:
        taker.start()
    for start in range(0, 200, 10):
        shared.put_many(list(range(start, start + 10)))
    shared.put_many([None] * 8)
    for taker in takers:
        taker.join(90)
    assert sorted(got) == list(range(200))


@every_client
def test_a_full_queue_and_too_large_items_are_refused(name: str):
    shared = modal.Queue.from_name(name, create_if_missing=True)
    shared.put_many(list(range(5000)))
    with pytest.raises(stdlib_queue.Full, match="5000"):
        shared.put(1, block=False)
    with pytest.raises(stdlib_queue.Full):
        shared.put(1, timeout=1)
    with pytest.raises(RequestSizeError):
        shared.put(bytes(1024 * 1024 + 1), partition="p")
    with pytest.raises(RequestSizeError):
        shared.put_many([0] * 5001, partition="p")
    assert len(shared.get_many(5000)) == 5000


def test_an_ephemeral_queue_serves_its_program():
    with modal.Queue.ephemeral() as short:
        short.put(1)
        assert short.get() == 1


@every_client
def test_what_is_wrong_is_one_clear_error(name: str):
    with pytest.raises(NotFoundError, match=f"No queue '{name}' in environment 'main'"):
        modal.Queue.from_name(name).hydrate()
    modal.Queue.objects.create(name)
    with pytest.raises(AlreadyExistsError, match=name):
        modal.Queue.objects.create(name)
    shared = modal.Queue.from_name(name).hydrate()
    modal.Queue.objects.delete(name)
    with pytest.raises(NotFoundError):
        shared.put(1)


def test_javascript_shares_a_queue(name: str):
    shared = modal.Queue.from_name(name, create_if_missing=True)
    shared.put_many(["from python", 2, {"k": [None, 1.5]}])
    said = run_javascript("use_queue.mjs", E2E_QUEUE=name)
    assert said["got"] == ["from python", 2, {"k": [None, 1.5]}]
    assert (said["seen"], said["empty"], said["length"]) == ([1, 2, 3], "QueueEmptyError", 3)
    assert shared.get() == "from javascript"
    assert shared.get(partition="javascript") == {"deep": [1, None, True]}


@every_client
def test_the_command_line_manages_queues(name: str):
    assert modal_cli("queue", "create", name).code == 0
    shared = modal.Queue.from_name(name)
    shared.put_many(["one", "two", "three"])
    shared.put("x", partition="p")
    listed = json.loads(modal_cli("queue", "list", "--json").output)
    row = next(row for row in listed if row["name"] == name)
    assert (int(row["partitions"]), int(row["total_size"])) == (2, 4)
    assert name in modal_cli("queue", "list").output
    assert modal_cli("queue", "peek", name, "2").lines == ["one", "two"]
    assert modal_cli("queue", "len", name).output.strip() == "3"
    assert modal_cli("queue", "len", name, "--total").output.strip() == "4"
    assert modal_cli("queue", "len", name, "-p", "p").output.strip() == "1"
    assert modal_cli("queue", "clear", name, "--yes").code == 0
    assert shared.len(total=True) == 1
    assert modal_cli("queue", "clear", name, "--all", "--yes").code == 0
    assert shared.len(total=True) == 0
    assert modal_cli("queue", "peek", name).output.strip() == ""
    assert modal_cli("queue", "delete", name, "--yes").code == 0
    assert modal_cli("queue", "delete", name, "--yes", "--allow-missing").code == 0


@pytest.mark.parametrize("words", [("peek",), ("len",), ("clear", "--yes"), ("delete", "--yes")], ids=lambda words: words[0])
def test_the_command_line_says_that_a_queue_is_not_there(name: str, words: tuple[str, ...]):
    done = modal_cli("queue", words[0], name, *words[1:])
    assert done.code != 0 and f"No queue '{name}'" in done.output and "Traceback" not in done.output
