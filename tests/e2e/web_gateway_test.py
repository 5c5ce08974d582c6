"""Web endpoints at the gateway: names, streams both ways, hang-ups, failures that say why, and where the time went."""

import asyncio
import re

import aiohttp
import pytest
from web_gateway import Counter, Model, app, broken, hurried, named, shop

from harness.eventually import eventually
from harness.web_client import fetch, host_of, open_request, server


URLS: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def running_app(running):
    running(app)
    URLS["shop"] = shop.get_web_url()


def url_of(path: str = "/") -> str:
    return URLS["shop"] + path


@pytest.mark.every_client
def test_the_first_request_waits_for_its_container_and_says_where_the_time_went():
    answer = fetch(url_of())
    assert answer.status == 200 and answer.json["version"] == "1"
    phases = dict(re.findall(r"(\w+);dur=([\d.]+)", answer.headers["server-timing"]))
    assert set(phases) >= {"route", "queue", "start", "app"}
    assert float(phases["start"]) > 100, "a cold start was waited for"
    warm = dict(re.findall(r"(\w+);dur=([\d.]+)", fetch(url_of()).headers["server-timing"]))
    assert float(warm["start"]) == 0


def test_names_follow_from_the_app_or_from_the_label_and_are_marked_while_it_is_served():
    assert host_of(url_of()).split(".")[0].endswith("--e2e-web-shop-dev")
    assert host_of(named.get_web_url()).split(".")[0].endswith("--e2e-chosen-name-dev")
    assert fetch(named.get_web_url()).json == "named"


@pytest.mark.every_client
def test_methods_of_a_class_have_names_of_their_own_and_share_a_container():
    counter = Counter()
    assert fetch(counter.one.get_web_url()).json == 1
    assert fetch(counter.other.get_web_url()).json == "other"
    assert fetch(counter.one.get_web_url()).json == 2


@pytest.mark.every_client
def test_the_query_says_the_parameters_of_a_class_and_each_set_has_containers_of_its_own():
    url = Model(name="ada").describe.get_web_url()
    assert url.endswith("/?name=ada&size=7")
    first = fetch(f"{url}&lang=de").json
    assert (first["name"], first["size"], first["lang"]) == ("ada", 7, "de")
    bare = url.split("?")[0]
    other = fetch(f"{bare}?size=9&name=bob").json
    assert (other["name"], other["size"]) == ("bob", 9)
    assert other["task"] != first["task"]
    assert Model(name="ada").where.remote() == fetch(f"{bare}?name=ada").json["task"], "methods share the instance"
    refused = fetch(f"{bare}?name=ada&size=big")
    assert refused.status == 400 and "'big' is no value of the parameter 'size'" in refused.json["detail"]
    assert "'name'" in fetch(bare).json["detail"]


def test_method_query_headers_and_body_come_as_they_were_sent():
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        said = fetch(url_of("/echo?a=1&b=%20"), method, body=b"x" * 1000, headers={"x-mine": "v"}).json
        assert (said["method"], said["query"], said["size"]) == (method, "a=1&b=+", 1000)
        assert said["headers"]["x-mine"] == "v"
        assert said["headers"]["host"] == host_of(url_of())
        assert said["headers"]["x-forwarded-proto"] == "http"
        assert not [name for name in said["headers"] if name.startswith("x-slipway")]


def test_bodies_stream_both_ways():
    parts = (b"\0" * 1024 * 1024 for _ in range(64))
    said = fetch(url_of("/echo"), "POST", body=parts).json
    assert said["size"] == 64 * 1024 * 1024
    assert len(fetch(url_of("/bytes?mib=64")).body) == 64 * 1024 * 1024


def test_every_cookie_comes():
    connection, answer = open_request(url_of("/cookies"))
    assert len(answer.headers.get_all("set-cookie")) == 2
    connection.close()


def test_events_come_as_they_are_sent():
    connection, answer = open_request(url_of("/ticks?count=3&every_s=0.5"))
    assert answer.readline() == b"data: 0\n"
    assert not answer.closed
    assert answer.read().count(b"data:") == 2
    connection.close()


def test_a_client_that_hangs_up_is_noticed_in_the_app():
    connection, answer = open_request(url_of("/endless?name=gone"))
    answer.read(4096)
    connection.sock and connection.sock.close()
    answer.close()
    connection.close()
    eventually(lambda: "gone" in fetch(url_of("/left")).json, 60, "the app's stream ends")


def test_a_request_is_ended_at_the_timeout_of_its_function():
    answer = fetch(hurried.get_web_url())
    assert answer.status == 504
    assert answer.headers["content-type"] == "application/problem+json"
    assert "timeout of 4 s" in answer.json["detail"]


def test_a_name_that_nobody_has_is_told_so():
    answer = fetch("http://nobody--here.localhost/")
    assert answer.status == 404
    assert answer.json["type"] == "/problems/endpoint-not-found"
    page = fetch("http://nobody--here.localhost/", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html") and "nobody--here.localhost" in page.text


def test_an_app_that_cannot_be_made_is_answered_with_its_error():
    answer = fetch(broken.get_web_url())
    assert answer.status == 503
    assert "this app cannot be made" in answer.json["detail"]


def test_a_container_that_dies_is_replaced():
    died = fetch(url_of("/die"))
    assert died.status in (502, 503) and died.json["detail"]
    assert fetch(url_of()).status == 200


def test_a_websocket_carries_messages_both_ways():
    async def talk() -> str:
        async with aiohttp.ClientSession() as session:
            address = f"http://{server.hostname}:{server.port}/socket"
            async with session.ws_connect(address, headers={"host": host_of(url_of())}) as socket:
                await socket.send_str("hello")
                return (await socket.receive()).data

    assert asyncio.run(talk()) == "HELLO"
