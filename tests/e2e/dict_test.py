"""A dict is shared by name, keeps what it acknowledged, and is managed from the command line."""

import json
import threading
import uuid

import modal
import pytest
from modal.exception import AlreadyExistsError, InvalidError, NotFoundError, RequestSizeError

from harness.client_program import modal_cli

pytestmark = pytest.mark.every_client


@pytest.fixture
def name():
    name = f"e2e-dict-{uuid.uuid4().hex[:8]}"
    yield name
    modal.Dict.objects.delete(name, allow_missing=True)


def test_a_dict_holds_what_a_python_dict_would(name: str):
    shared = modal.Dict.from_name(name, create_if_missing=True)
    shared["a"] = 1
    shared.update({(1, 2): [3], "none": None}, b=b"\x00\xff")
    assert shared["a"] == 1 and shared[(1, 2)] == [3] and shared["b"] == b"\x00\xff"
    assert "none" in shared and shared.get("none", "x") is None
    assert "gone" not in shared and shared.get("gone", "x") == "x"
    assert shared.len() == 4
    assert dict(shared.items()) == {"a": 1, (1, 2): [3], "none": None, "b": b"\x00\xff"}
    assert set(shared.keys()) == {"a", "b", "none", (1, 2)}
    assert shared.pop("a") == 1
    assert shared.pop("a", "x") == "x"
    with pytest.raises(KeyError):
        shared.pop("a")
    with pytest.raises(KeyError):
        shared["a"]
    shared.clear()
    assert shared.len() == 0


def test_another_handle_sees_the_same_and_a_new_key_is_written_once(name: str):
    first = modal.Dict.from_name(name, create_if_missing=True).hydrate()
    won = []
    second = modal.Dict.from_name(name)
    threads = [
        threading.Thread(target=lambda n=n: won.append((second.put("lock", n, skip_if_exists=True), n)))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [n for did, n in won if did] == [first["lock"]]
    assert modal.Dict.from_id(first.object_id)["lock"] == first["lock"]


def test_an_ephemeral_dict_ends_with_its_program():
    with modal.Dict.ephemeral() as short:
        short["x"] = 1
        assert short["x"] == 1
        assert short.object_id not in [found.object_id for found in modal.Dict.objects.list()]


def test_a_large_dict_is_read_whole(name: str):
    shared = modal.Dict.from_name(name, create_if_missing=True)
    large = {n: bytes(100_000) for n in range(300)}
    shared.update(large)
    assert sum(len(value) for value in shared.values()) == 30_000_000
    with pytest.raises(RequestSizeError):
        shared["too large"] = bytes(101 * 1024 * 1024)
    assert "too large" not in shared


def test_what_is_wrong_is_one_clear_error(name: str):
    with pytest.raises(NotFoundError, match=f"No dict '{name}' in environment 'main'"):
        modal.Dict.from_name(name).hydrate()
    modal.Dict.objects.create(name)
    modal.Dict.objects.create(name, allow_existing=True)
    with pytest.raises(AlreadyExistsError, match=name):
        modal.Dict.objects.create(name)
    with pytest.raises(NotFoundError, match="No environment 'no-such'"):
        modal.Dict.from_name(name, environment_name="no-such").hydrate()
    with pytest.raises((InvalidError, NotFoundError)):
        modal.Dict.from_id("di-00000000000000000000000000").hydrate()
    shared = modal.Dict.from_name(name).hydrate()
    modal.Dict.objects.delete(name)
    with pytest.raises(NotFoundError):
        shared["a"] = 1


def test_the_command_line_manages_dicts(name: str):
    assert modal_cli("dict", "create", name).code == 0
    assert modal_cli("dict", "create", name).code == 0
    listed = json.loads(modal_cli("dict", "list", "--json").output)
    assert name in [row["name"] for row in listed]
    assert name in modal_cli("dict", "list").output
    modal.Dict.from_name(name).update({"k": "v", "n": 1})
    assert modal_cli("dict", "get", name, "k").output.strip() == "v"
    items = modal_cli("dict", "items", name, "--json")
    assert {row["key"]: row["value"] for row in json.loads(items.output)} == {"k": "v", "n": 1}
    assert "..." in modal_cli("dict", "items", name, "1").output
    assert modal_cli("dict", "clear", name, "--yes").code == 0
    assert json.loads(modal_cli("dict", "items", name, "--json").output) == []
    assert modal_cli("dict", "delete", name, "--yes").code == 0
    assert modal_cli("dict", "delete", name, "--yes", "--allow-missing").code == 0


@pytest.mark.parametrize(
    "words", [("get", "x"), ("items",), ("clear", "--yes"), ("delete", "--yes")], ids=lambda words: words[0]
)
def test_the_command_line_says_that_a_dict_is_not_there(name: str, words: tuple[str, ...]):
    done = modal_cli("dict", words[0], name, *words[1:])
    assert done.code != 0 and f"No dict '{name}'" in done.output and "Traceback" not in done.output
