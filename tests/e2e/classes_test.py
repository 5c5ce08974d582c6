"""Classes: parameters, hooks, and state that lives as long as the container."""

import pytest
from classes import Counter, Greeter, Numbered, Table, app

from harness.client_program import modal_run

pytestmark = pytest.mark.every_client


@pytest.fixture(scope="module", autouse=True)
def classes_app(running):
    return running(app)


def test_parameters_without_a_value_have_their_defaults():
    assert Greeter().greet.remote("Ada") == "hello Ada"


def test_each_set_of_parameters_is_an_instance_of_its_own():
    assert Greeter(greeting="hi", times=2).greet.remote("Ada") == "hi hi Ada"
    assert Greeter(greeting="ho").greet.remote("Bob") == "ho Bob"


def test_an_integer_of_64_bits_is_a_parameter_to_its_last_digit():
    assert Numbered().said.remote() == 2**60 + 1
    assert Numbered(number=-(2**63)).said.remote() == -(2**63)


def test_every_enter_hook_has_run_before_the_first_input():
    assert Greeter().seen.remote() == ["first", "second"]


def test_a_method_can_be_mapped():
    assert list(Greeter().greet.map(["a", "b"])) == ["hello a", "hello b"]


def test_a_method_can_be_a_generator():
    assert "".join(Greeter().letters.remote_gen("Ada")) == "hello Ada"


def test_an_instance_keeps_its_state_between_calls():
    counter = Counter()
    assert [counter.up.remote() for _ in range(3)] == [1, 2, 3]


def test_a_method_can_be_spawned():
    assert Greeter().greet.spawn("Eve").get(timeout=180) == "hello Eve"


def test_options_make_a_variant_of_a_class():
    assert Greeter.with_options(timeout=30)().greet.remote("Ada") == "hello Ada"


def test_a_variant_with_concurrency_runs_inputs_at_once_in_one_container():
    met = list(Table.with_concurrency(max_inputs=3)().meet.map(["Ada", "Bob", "Eve"]))
    assert [guest.split(" in ")[0] for guest in met] == ["Ada", "Bob", "Eve"]
    assert len({guest.split(" in ")[1] for guest in met}) == 1


def test_a_variant_with_batching_is_given_lists():
    served = Table.with_batching(max_batch_size=3, wait_ms=120_000)().serve.map(["Ada", "Bob", "Eve"])
    assert list(served) == [["Ada", "Bob", "Eve"]] * 3


def test_the_exit_hook_runs_and_its_words_are_seen():
    done = modal_run("classes.py")
    assert done.code == 0, done.output
    assert "farewell Ada" in done.output
    assert "goodbye from farewell" in done.output
