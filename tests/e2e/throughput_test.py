"""Several inputs in one container: concurrent ones, and batches."""

from uuid import uuid4

import pytest
from throughput import (
    Batcher,
    app,
    board,
    double,
    meet,
    meet_in_threads,
    stay_in_threads,
    stay_together,
)

from harness.eventually import eventually

# Inputs are to come together: who is late is in the next batch.
pytestmark = [pytest.mark.every_client, pytest.mark.alone]


@pytest.fixture(scope="module", autouse=True)
def throughput_app(running):
    return running(app)


def test_a_concurrent_async_function_has_its_inputs_inside_at_once():
    assert list(meet.map([5] * 5)) == [5] * 5


def test_a_concurrent_sync_function_runs_its_inputs_in_threads():
    assert list(meet_in_threads.map(range(3))) == [3] * 3


def test_a_full_batch_runs_at_once_and_each_input_gets_its_own_result():
    results = list(double.map(range(8)))
    assert [result for result, _ in results] == [2 * x for x in range(8)]
    assert max(size for _, size in results) == 4


def test_a_batch_that_does_not_fill_runs_after_its_wait():
    assert double.remote(21) == (42, 1)


def test_a_batched_method_of_a_class_gives_each_caller_its_own():
    assert list(Batcher().negate.map(range(7))) == [-x for x in range(7)]


def test_a_call_whose_batch_held_a_cancelled_one_is_answered():
    cancelled, other = uuid4().hex, uuid4().hex
    call, answered = stay_together.spawn(cancelled), stay_together.spawn(other)
    eventually(lambda: board.get(cancelled), 180, "both run in one batch")
    call.cancel()
    assert answered.get(timeout=180) == other


def test_a_call_whose_container_is_interrupted_for_a_cancelled_one_is_answered():
    cancelled, other = uuid4().hex, uuid4().hex
    call, answered = stay_in_threads.spawn(cancelled), stay_in_threads.spawn(other)
    eventually(lambda: board.get(cancelled) and board.get(other), 180, "both run in one container")
    call.cancel()
    assert answered.get(timeout=180) == other
