"""Calls in every way that the client has, and their results."""

import asyncio
import hashlib
from uuid import uuid4

import modal
import pytest
from calls import (
    Unlucky,
    add,
    app,
    board,
    break_after,
    count_to,
    count_to_async,
    echo,
    fan_out,
    last_is_first,
    length,
    make_bytes,
    odd_only,
    square,
)

pytestmark = pytest.mark.every_client
HUNDRED_MB = 100 * 1024 * 1024


@pytest.fixture(scope="module", autouse=True)
def calls_app(running):
    return running(app)


def test_arguments_and_defaults_arrive_as_given():
    assert add.remote(1) == 101
    assert add.remote(b=2, a=1) == 3


def test_a_value_that_only_pickle_knows_comes_back_equal():
    value = {"set": {1, 2}, "complex": 1 + 2j, "nested": [(None, b"\0\xff")]}
    assert echo.remote(value) == value


def test_a_map_gives_results_in_the_order_of_its_inputs():
    assert list(square.map(range(200))) == [x * x for x in range(200)]


def test_a_map_of_nothing_gives_nothing():
    assert list(square.map([])) == []


def test_an_unordered_map_gives_what_is_ready_first():
    gate = uuid4().hex
    results = iter(last_is_first.map(range(6), kwargs={"gate": gate}, order_outputs=False))
    first = next(results)
    board[gate] = True
    assert first != 0
    assert sorted([first, *results]) == list(range(6))


def test_starmap_spreads_its_arguments():
    assert list(add.starmap([(1, 2), (3, 4)])) == [3, 7]


def test_map_takes_several_iterables_and_keywords():
    assert list(add.map([1, 2], [10, 20])) == [11, 22]
    assert list(add.map([1, 2], kwargs={"b": 5})) == [6, 7]


def test_for_each_runs_every_input_and_returns_nothing():
    assert square.for_each(range(10)) is None


def test_for_each_raises_what_an_input_raised():
    with pytest.raises(Unlucky):
        odd_only.for_each(range(4))


def test_a_map_raises_what_an_input_raised():
    with pytest.raises(Unlucky, match="is even"):
        list(odd_only.map(range(6)))


def test_returned_exceptions_stand_in_the_places_of_their_inputs():
    results = list(odd_only.map(range(6), return_exceptions=True))
    assert [result for result in results if isinstance(result, int)] == [1, 3, 5]
    assert [str(results[place]) for place in (0, 2, 4)] == ["0 is even", "2 is even", "4 is even"]


def test_a_generator_streams_every_item_in_order():
    assert list(count_to.remote_gen(500)) == list(range(500))


def test_an_async_generator_streams_to_an_async_caller():
    async def collect():
        return [number async for number in count_to_async.remote_gen.aio(100)]

    assert asyncio.run(collect()) == list(range(100))


def test_a_generator_that_breaks_gives_its_items_first():
    items = break_after.remote_gen(3)
    assert [next(items) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Unlucky, match="broke after 3"):
        next(items)


def test_an_empty_generator_ends_at_once():
    assert list(count_to.remote_gen(0)) == []


def test_a_function_calls_others_from_inside_its_container():
    assert fan_out.remote(20) == sum(x * x for x in range(20)) + 3


def test_async_callers_call_at_once():
    async def call():
        one, many = await asyncio.gather(square.remote.aio(3), collect())
        return one, many

    async def collect():
        return [result async for result in square.map.aio(range(20))]

    assert asyncio.run(call()) == (9, [x * x for x in range(20)])


def test_local_runs_here():
    assert square.local(5) == 25


@pytest.mark.heavy
def test_an_input_of_100_mb_arrives_whole():
    assert length.remote(bytes(HUNDRED_MB)) == HUNDRED_MB


@pytest.mark.heavy
def test_an_output_of_100_mb_arrives_whole():
    payload = make_bytes.remote(HUNDRED_MB)
    assert len(payload) == HUNDRED_MB
    assert payload[:1024] == payload[-1024:]


def test_payloads_around_the_inline_limit_arrive_whole():
    sizes = [2 * 1024 * 1024 + offset for offset in (-100, 0, 100)]
    for size in sizes:
        payload = hashlib.sha256(str(size).encode()).digest() * (size // 32)
        assert echo.remote(payload) == payload


def test_stats_of_a_function_count_its_backlog():
    stats = square.get_current_stats()
    assert stats.backlog == 0 and stats.num_total_runners >= 0


def test_a_call_while_no_app_runs_is_an_error_of_the_client():
    other = modal.App("never-started")

    @other.function(serialized=True)
    def never():
        return 1

    with pytest.raises(modal.exception.ExecutionError):
        never.remote()
