"""What a function with restrict_modal_access cannot do, and what it still does."""

import uuid

import modal
import pytest
from restricted import app, count, reach, reach_restricted, retire, shared, work, write


@pytest.fixture(scope="module", autouse=True)
def restricted_app(running):
    return running(app)


def test_it_reaches_nothing_of_the_platform_where_another_function_does():
    name = f"e2e-restricted-{uuid.uuid4().hex}"
    assert "restrict_modal_access=True" in reach_restricted.remote(name)
    with pytest.raises(modal.exception.NotFoundError):
        modal.Dict.from_name(name).hydrate()
    assert reach.remote(name) == "reached"
    modal.Dict.objects.delete(name)


def test_it_takes_inputs_and_gives_outputs_of_any_size():
    large = bytes(5 * 1024 * 1024)
    assert work.remote(b"small") == b"small"
    assert work.remote(large) == large
    assert list(count.remote_gen(3)) == [0, 1, 2]


def test_its_own_volumes_are_committed():
    text = uuid.uuid4().hex
    write.remote(text)
    assert b"".join(shared.read_file("text")).decode() == text


def test_its_container_may_end_itself():
    assert retire.remote() != retire.remote()
