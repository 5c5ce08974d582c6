"""Retries with back-off, and timeouts."""

import modal
import pytest
from retrying import app, every_second_time, never_succeed, sleep_for, succeed_at_third

pytestmark = pytest.mark.every_client


@pytest.fixture(scope="module", autouse=True)
def retrying_app(running):
    return running(app)


def test_a_call_that_fails_is_tried_again_after_a_growing_delay():
    first, second, third = succeed_at_third.remote("remote")
    assert second - first >= 0.9
    assert third - second >= 1.9


def test_a_spawned_call_is_tried_again_too():
    assert len(succeed_at_third.spawn("spawned").get(timeout=180)) == 3


def test_the_last_error_arrives_when_every_try_has_failed():
    with pytest.raises(ConnectionError, match="attempt 3"):
        never_succeed.remote("never")


def test_a_variant_without_retries_fails_at_its_first_error():
    with pytest.raises(ConnectionError, match="attempt 1"):
        never_succeed.with_options(retries=0).remote("once")


def test_the_inputs_of_a_map_are_tried_again_each_for_itself():
    assert list(every_second_time.map(range(10))) == list(range(10))


def test_work_longer_than_its_timeout_is_ended_and_says_so():
    with pytest.raises(modal.exception.FunctionTimeoutError):
        sleep_for.remote(600)


def test_after_a_timeout_the_next_call_is_served():
    assert sleep_for.remote(0).startswith("ta-")
