"""What containers said is found again: by function, call, container, stream, text and time, from the CLI and over HTTP."""

import json
import os
import re
import urllib.request

import modal
import pytest

from harness.client_program import ClientProgram, modal_cli
from harness.eventually import eventually
from harness.platform_api import get, tasks_of

pytestmark = pytest.mark.every_client
APP = "e2e-logs"


@pytest.fixture(scope="module")
def app_id() -> str:
    done = modal_cli("deploy", "--name", APP, "talkative.py")
    assert done.code == 0, done.output
    function("say").remote("good morning", 3)
    function("complain").remote("it rains")
    found = next(app for app in get("/v1/apps?limit=100")["items"] if app.get("name") == APP)
    yield found["id"]
    modal_cli("app", "stop", "--yes", APP)


def function(name: str) -> modal.Function:
    return modal.Function.from_name(APP, name).hydrate()


def logs(*words: str) -> list[str]:
    done = modal_cli("app", "logs", APP, *words)
    assert done.code == 0, done.output
    return done.lines


def has(*words: str, line: str) -> list[str]:
    return eventually(lambda: (found := logs(*words)) and line in found and found, 30, f"{line!r} in the logs")


def over_http(app_id: str, query: str = "", lines: int | None = None) -> list[dict]:
    token = f"{os.environ['MODAL_TOKEN_ID']}:{os.environ['MODAL_TOKEN_SECRET']}"
    request = urllib.request.Request(
        f"{os.environ['MODAL_SERVER_URL']}/v1/apps/{app_id}/logs{query}", headers={"authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers["content-type"] == "application/jsonl"
        taken = answer if lines is None else (answer.readline() for _ in range(lines))
        return [json.loads(line) for line in taken]


def test_the_last_lines_come_in_their_order(app_id: str):
    said = has(line="good morning 2")
    assert [line for line in said if line.startswith("good morning")][-3:] == [f"good morning {n}" for n in range(3)]
    assert logs("--tail", "1", "--function", function("say").object_id) == ["good morning 2"]


def test_each_filter_leaves_what_it_names(app_id: str):
    has(line="it rains")
    assert set(logs("--source", "stderr")) == {"it rains"}
    assert set(logs("--search", "morning 1")) == {"good morning 1"}
    assert set(logs("--function", function("complain").object_id)) == {"it rains"}
    assert "it rains" in logs("--since", "1h", "--timestamps")[-1]
    assert logs("--since", "3h", "--until", "2h") == []


def test_a_call_has_its_own_lines(app_id: str):
    call = function("say").spawn("only mine", 2)
    assert call.get() == "only mine"
    other = function("say").spawn("not mine")
    other.get()
    assert has("--function-call", call.object_id, line="only mine 1") == ["only mine 0", "only mine 1"]


def test_what_a_container_said_last_is_kept_when_it_dies(app_id: str):
    with pytest.raises(Exception):
        function("last_words").remote("remember me")
    has("--search", "remember", line="remember me")


def test_lines_are_followed_as_they_come(app_id: str):
    program = ClientProgram("app", "logs", APP, "--follow")
    try:
        program.wait_for_text("good morning 0", within_s=30)
        function("say").remote("breaking news")
        program.wait_for_text("breaking news 0", within_s=30)
        program.interrupt()
        assert "Traceback" not in program.finish(20).output
    finally:
        program.end()


def test_the_http_api_has_the_same_filters(app_id: str):
    has(line="it rains")
    said = over_http(app_id, "?limit=500")
    assert "good morning 1\n" in [line["text"] for line in said]
    [container] = {line["container"] for line in said if line["text"].startswith("good morning")}
    assert {line["text"] for line in over_http(app_id, "?stream=stderr")} == {"it rains\n"}
    assert all(line["container"] == container for line in over_http(app_id, f"?container={container}"))
    [first] = over_http(app_id, "?search=morning%200&limit=1")
    assert set(first) == {"at", "stream", "text", "function", "container", "call", "input"}
    assert over_http(app_id, f"?call={first['call']}")[0]["text"] == "good morning 0\n"
    assert over_http(app_id, f"?until={first['at']}&search=morning%200") == []
    assert over_http(app_id, "?limit=1&follow=true", lines=1)


@pytest.mark.parametrize(
    "query, complaint",
    [("?stream=stdin", "stream"), ("?since=yesterday", "since"), ("?function=say", "function"), ("?limit=-1", "limit")],
)
def test_a_wrong_query_is_one_clear_problem(app_id: str, query: str, complaint: str):
    with pytest.raises(urllib.error.HTTPError) as refused:
        over_http(app_id, query)
    assert refused.value.code == 400
    assert complaint in json.load(refused.value)["detail"]


def test_10000_lines_a_second_all_arrive_while_others_are_served(app_id: str):
    function("say").remote("warm")
    poured = function("pour").spawn(10_000, 5)
    for number in range(20):
        assert function("say").remote(f"meanwhile {number}") == f"meanwhile {number}"
    assert poured.get(timeout=120) == 50_000
    [container] = {task["id"] for task in tasks_of(app_id) if task["functionId"] == function("pour").object_id}

    def counted() -> bool:
        # A line whose end keeps us waiting comes in two pieces.
        said = "".join(line["text"] for line in over_http(app_id, f"?container={container}&limit=20000"))
        return [int(line.split()[1]) for line in said.splitlines()][-19_000:] == list(range(31_000, 50_000))

    eventually(counted, 30, "the last 19,000 lines of the container, in order")


def test_a_container_that_says_too_much_is_heard_in_part_and_told_so(app_id: str):
    assert function("flood").remote(192) == "dry"
    flood = function("flood").object_id
    notice = re.compile(r"\[slipway\] [\d.]+ MiB of output left out: more than 1 MiB/s")
    has("--function", flood, "--tail", "1", line="the flood is over")
    assert any(notice.search(line) for line in logs("--function", flood, "--source", "system"))


def test_an_unknown_app_is_one_clear_error():
    done = modal_cli("app", "logs", "ap-nobodyhasthisone000000")
    assert done.code != 0 and re.search(r"there is no app ap-nobody|not found", done.output, re.I), done.output
    assert "Traceback" not in done.output
