"""The HTTP API that needs no client: health, its own description, what there is, and problems that say what is wrong."""

import json
import os
import urllib.error
import urllib.request

import pytest
from calls import app, square

from harness.eventually import eventually
from harness.platform_api import Account, ask, own_account

RESOURCES = ("apps", "functions", "calls", "tasks", "workers", "images")


@pytest.fixture(scope="module", autouse=True)
def called(running):
    running(app)
    assert square.remote(3) == 9


def test_health_names_what_it_rests_on():
    assert ask("GET", "/livez") == (200, {"alive": True})
    status, report = ask("GET", "/readyz?verbose")
    assert status == 200 and report["ready"] is True
    assert {"nats", "postgresql"} <= report["checks"].keys() and set(report["checks"].values()) == {"ok"}


def test_the_api_describes_itself():
    status, description = ask("GET", "/v1/openapi.json")
    assert status == 200 and description["openapi"].startswith("3.1")
    assert {f"/v1/{name}" for name in RESOURCES} <= description["paths"].keys()


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_there_is_comes_in_pages(resource: str):
    def first_page() -> dict | None:
        status, page = ask("GET", f"/v1/{resource}?limit=1")
        assert status == 200, page
        return page if page["items"] else None

    page = eventually(first_page, 30, f"something among the {resource}")
    assert len(page["items"]) == 1 and page["items"][0]["id"]
    if page["nextCursor"] is not None:
        _, following = ask("GET", f"/v1/{resource}?limit=1&cursor={page['nextCursor']}")
        assert page["items"][0]["id"] not in [item["id"] for item in following["items"]]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/v1/calls?limit=all", 400, "limit must be an integer number"),
        ("/v1/apps/ap-none", 404, "There is no ap-none"),
        ("/v1/nothing", 404, "/v1/nothing"),
    ],
)
def test_a_problem_says_what_is_wrong(path: str, status: int, says: str):
    answered, problem = ask("GET", path)
    assert answered == status == problem["status"]
    assert says in problem["detail"] and problem["type"] and problem["title"], problem


def test_who_shows_no_token_that_counts_is_told_so():
    own = own_account()
    for account in (Account(own.token_id, "as-guessed"), Account("ak-nobody", own.token_secret)):
        status, problem = ask("GET", "/v1/apps", account=account)
        assert status == 401 and "oken" in problem["detail"], problem


def test_problems_are_told_apart_by_their_media_type():
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{os.environ['MODAL_SERVER_URL']}/v1/apps")
    assert refused.value.code == 401
    assert refused.value.headers["content-type"].startswith("application/problem+json")
    assert json.load(refused.value)["status"] == 401
