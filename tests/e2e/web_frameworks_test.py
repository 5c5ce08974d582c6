"""Real frameworks behind web endpoints: each way from the worker into the container, asked from outside."""

import json
import subprocess
import sys
from pathlib import Path

import modal
import pytest

from harness.client_program import apps, modal_cli
from harness.eventually import eventually
from harness.streaming_web_client import agreed_protocol, ask, leave_early, read_in_two_parts, talk

APP = "e2e-web-frameworks"

pytestmark = pytest.mark.every_client


@pytest.fixture(scope="module", autouse=True)
def deployed():
    done = modal_cli("deploy", "web_frameworks.py")
    assert done.code == 0, done.output
    yield
    modal_cli("app", "stop", "--yes", APP)


def url_of(name: str) -> str:
    return modal.Function.from_name(APP, name).get_web_url()


@pytest.fixture(scope="module", params=["lane", "bridge"])
def fastapi_url(request) -> str:
    """The same app by either way: a class whose other methods are called has no lane."""
    if request.param == "lane":
        return url_of("fast")
    return modal.Cls.from_name(APP, "Both")().web.get_web_url()


def test_fastapi_has_its_lifespan_and_sees_its_client(fastapi_url: str):
    answer = ask(f"{fastapi_url}/state")
    assert (answer.status, json.loads(answer.text)["state"]) == (200, "by the lifespan")
    assert json.loads(answer.text)["client"] == "127.0.0.1"


def test_fastapi_injects_dependencies(fastapi_url: str):
    assert ask(f"{fastapi_url}/needs-token").status == 401
    assert json.loads(ask(f"{fastapi_url}/needs-token", headers={"x-token": "right"}).text) == {"given": "right"}


def test_a_handler_knows_the_ids_of_its_request(fastapi_url: str):
    first, second = (json.loads(ask(f"{fastapi_url}/ids").text) for _ in range(2))
    assert first["input"].startswith("in-") and first["call"].startswith("fc-")
    assert first["input"] != second["input"]


def test_a_stream_arrives_as_it_is_made(fastapi_url: str):
    parts = read_in_two_parts(f"{fastapi_url}/stream", f"{fastapi_url}/first-part-seen")
    assert parts == ("data: first\n\n", "data: second\n\n")


def test_a_large_body_arrives_whole(fastapi_url: str):
    answer = ask(f"{fastapi_url}/size", "POST", data=b"x" * 20_000_000)
    assert json.loads(answer.text) == {"bytes": 20_000_000}


def test_work_after_the_answer_is_done_and_holds_nobody_up(fastapi_url: str):
    assert json.loads(ask(f"{fastapi_url}/later").text) == {"answered": True}
    eventually(lambda: "later" in ask(f"{fastapi_url}/done").text, 60, "the background task's end")


def test_the_app_hears_that_its_client_hung_up(fastapi_url: str):
    ask(f"{fastapi_url}/state")
    leave_early(f"{fastapi_url}/until-hang-up", f"{fastapi_url}/done", "came")
    eventually(lambda: "hung up" in ask(f"{fastapi_url}/done").text, 60, "the app's word on the hang-up")


def test_a_websocket_speaks_both_ways(fastapi_url: str):
    assert talk(f"{fastapi_url}/echo", ["one", "two"]) == ["echo one", "echo two"]


def test_an_app_that_raises_answers_500(fastapi_url: str):
    assert ask(f"{fastapi_url}/raises").status == 500


def test_a_request_ends_with_its_functions_timeout(fastapi_url: str):
    answer = ask(f"{fastapi_url}/too-long")
    assert answer.status == 504 and "15 s" in answer.text
    assert ask(f"{fastapi_url}/state").status == 200


def test_a_class_with_a_web_method_is_called_as_ever():
    assert modal.Cls.from_name(APP, "Both")().plain.remote() == 7


def test_flask_answers_and_streams():
    url = url_of("flasky")
    answer = ask(f"{url}/greet", "POST", json={"name": "Ada"})
    assert json.loads(answer.text) == {"greeting": "hello Ada"}
    assert read_in_two_parts(f"{url}/stream", f"{url}/first-part-seen") == ("first\n", "second\n")


def test_a_function_is_an_endpoint_and_has_its_docs():
    url = url_of("hello")
    assert json.loads(ask(f"{url}/?name=Ada").text) == {"greeting": "hello Ada"}
    assert "swagger" in ask(f"{url}/docs").text
    assert ask(url, "POST").status == 405


def test_a_function_takes_a_body():
    assert json.loads(ask(url_of("add"), "POST", json=[1, 2, 3]).text) == {"sum": 6}


def test_a_server_of_the_users_is_reached_at_its_port():
    assert "Directory listing" in ask(url_of("files")).text


def test_a_server_function_is_reached_at_its_port():
    assert "Directory listing" in ask(modal.Server.from_name(APP, "Server").get_url()).text


@pytest.mark.heavy
def test_streamlit_serves_its_page_and_its_websocket():
    url = url_of("board")
    assert "Streamlit" in ask(url).text
    assert ask(f"{url}/_stcore/health").text == "ok"
    assert agreed_protocol(f"{url}/_stcore/stream", "streamlit") == "streamlit"


@pytest.fixture(scope="module")
def model_clients(tmp_path_factory) -> Path:
    """A Python with the official client and LangChain."""
    venv = tmp_path_factory.mktemp("model-clients") / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([venv / "bin/pip", "install", "-q", "openai", "langchain-openai"], check=True)
    return venv / "bin/python"


@pytest.mark.heavy
def test_a_model_is_asked_by_the_official_client_and_by_langchain(model_clients: Path):
    done = subprocess.run(
        [model_clients, apps / "ask_model.py", url_of("model")], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["whole"] == said["chain"] == "say this word by word"
    assert said["parts"] == said["chain_parts"] == ["say", " this", " word", " by", " word"]
