"""Calls that nobody waits for."""

import subprocess
import sys
from uuid import uuid4

import modal
import pytest
from calls import Unlucky, app, board, echo, fan_out, odd_only, square, work_for

from harness.eventually import eventually

pytestmark = pytest.mark.every_client


@pytest.fixture(scope="module", autouse=True)
def calls_app(running):
    return running(app)


def running_call() -> modal.FunctionCall:
    """A call that works for two minutes, and has begun."""
    begun = uuid4().hex
    call = work_for.spawn(120, begun)
    eventually(lambda: board.get(begun), 180, "the call runs")
    return call


def test_a_spawned_call_is_read_later():
    call = square.spawn(12)
    assert call.get(timeout=180) == 144


def test_a_result_can_be_read_twice():
    call = square.spawn(3)
    assert [call.get(timeout=180), call.get(timeout=180)] == [9, 9]


def test_get_with_a_timeout_gives_up_while_the_call_runs():
    call = work_for.spawn(30)
    with pytest.raises(TimeoutError):
        call.get(timeout=0.5)
    call.cancel()


def test_a_spawned_call_raises_what_its_function_raised():
    with pytest.raises(Unlucky):
        odd_only.spawn(2).get(timeout=180)


def test_another_process_reads_a_call_by_its_id():
    call = square.spawn(21)
    program = f"import modal; print(modal.FunctionCall.from_id({call.object_id!r}).get(timeout=180))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=240)
    assert done.stdout.strip() == "441", done.stderr


def test_an_unknown_call_id_is_not_found():
    with pytest.raises(modal.exception.NotFoundError):
        modal.FunctionCall.from_id("fc-00000000000000000000000000").get(timeout=10)


def test_a_running_call_that_is_cancelled_ends_and_says_so():
    call = running_call()
    call.cancel()
    with pytest.raises(modal.exception.RemoteError, match="cancelled"):
        call.get(timeout=60)


def test_the_container_of_a_cancelled_call_serves_the_next():
    assert work_for.remote(0).startswith("in-")


def test_cancel_can_end_the_container_too():
    call = running_call()
    call.cancel(terminate_containers=True)
    with pytest.raises(modal.exception.RemoteError):
        call.get(timeout=60)
    assert work_for.remote(0).startswith("in-")


def test_gather_reads_several_calls():
    calls = [square.spawn(x) for x in range(5)]
    assert modal.FunctionCall.gather(*calls) == [0, 1, 4, 9, 16]


def test_spawn_map_runs_every_input_and_waits_for_none():
    assert square.spawn_map(range(5)) is None


def test_a_spawned_map_is_read_by_index():
    call = square.experimental_spawn_map(range(30))
    assert [call.get(index=index, timeout=180) for index in (0, 7, 29)] == [0, 49, 841]
    assert call.num_inputs() == 30


def test_a_spawned_map_is_read_in_order():
    call = square.experimental_spawn_map(range(120))
    assert list(call.iter()) == [x * x for x in range(120)]


def test_the_call_graph_shows_what_a_call_called():
    call = fan_out.spawn(3)
    call.get(timeout=180)
    root = call.get_call_graph()[0]
    names = [child.function_name for child in root.children]
    assert root.function_name == "fan_out"
    assert sorted(names) == ["add", "square", "square", "square"]
    assert all(child.status.name == "SUCCESS" for child in root.children)


def test_a_value_that_is_none_is_a_result():
    assert echo.spawn(None).get(timeout=180) is None
