"""Servers: the URL that they answer at, and the commands of `modal server`."""

import json
from pathlib import Path

import modal
import pytest

from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.web_client import fetch

APP = "e2e-served"
DIRECT = "e2e-page"


def server(*words: str) -> str:
    done = modal_cli("server", *words)
    assert done.code == 0, done.output
    return done.output


@pytest.fixture(scope="module", autouse=True)
def deployed():
    done = modal_cli("deploy", "served.py")
    assert done.code == 0, done.output
    yield
    modal_cli("app", "stop", "--yes", APP)


@pytest.fixture(scope="module")
def asked(deployed) -> None:
    """Twelve requests, of which two find nothing and one finds an error."""
    url = modal.Server.from_name(APP, "Web").get_url()
    for path in ["/200"] * 9 + ["/deep/404?q=1", "/404", "/500"]:
        assert fetch(url + path).status == int(path.split("?")[0].rsplit("/", 1)[-1])


@pytest.mark.every_client
def test_a_server_answers_at_its_url_and_asks_for_a_token_unless_told_otherwise():
    assert fetch(modal.Server.from_name(APP, "Web").get_url() + "/204").status == 204
    refused = fetch(modal.Server.from_name(APP, "Closed").get_url() + "/204")
    assert refused.status == 401 and "Modal-Key" in refused.json["detail"]


def test_info_tells_of_the_server_what_was_asked_for():
    said = json.loads(server("info", f"{APP}/Web", "--json"))
    assert (said["port"], said["unauthenticated"], said["startup_timeout"]) == (8080, True, 60)
    assert "--e2e-served-web." in said["server_url"]


def test_requests_are_listed_with_their_routes_containers_and_statuses(asked):
    def listed() -> list[dict]:
        return json.loads(server("requests", f"{APP}/Web", "--json", "--tail", "12"))

    def up_to_the_last() -> list[dict] | None:
        rows = listed()
        return rows if [row["route"] for row in rows[:1]] == ["GET /500"] else None

    newest = eventually(up_to_the_last, 60, "the last request is listed", every_s=0.5)
    assert [(row["route"], row["status"]) for row in newest[:3]] == [
        ("GET /500", 500),
        ("GET /404", 404),
        ("GET /deep/404", 404),
    ]
    assert all(row["container_id"].startswith("ta-") and row["duration_seconds"] > 0 for row in newest)
    within = json.loads(server("requests", f"{APP}/Web", "--json", "--since", "1h"))
    assert [row["timestamp"] for row in within] == sorted(row["timestamp"] for row in within)
    assert {row["timestamp"] for row in newest} <= {row["timestamp"] for row in within}
    assert "GET /deep/404" in server("requests", f"{APP}/Web")


def test_stats_count_requests_by_what_they_were_answered(asked):
    def said() -> dict:
        return json.loads(server("stats", f"{APP}/Web", "--json"))

    # The last one asked for an error.
    last = lambda: (found := said())["request_count_by_status_code"].get("5xx") and found
    stats = eventually(last, 60, "the last request is counted", every_s=0.5)
    by_class = stats["request_count_by_status_code"]
    assert (by_class["4xx"], by_class["5xx"]) == (2, 1) and by_class["2xx"] >= 9
    assert stats["request_count"] >= 12
    assert stats["container_started_count"] >= 1
    assert "Request duration (s)" in stats["request_percentile_stats"]
    container = json.loads(server("requests", f"{APP}/Web", "--json", "--tail", "1"))[0]["container_id"]
    alone = json.loads(server("stats", f"{APP}/Web", "--json", "--container-id", container))
    assert 0 < alone["request_count"] <= stats["request_count"]
    assert "Requests" in server("stats", f"{APP}/Web")


def test_metrics_are_previewed_and_exported(asked):
    preview = server("metrics", f"{APP}/Web")
    assert "REQUESTS" in preview and "CONTAINERS" in preview

    def counted() -> float:
        exported = json.loads(server("metrics", f"{APP}/Web", "--json", "--group", "requests", "--since", "10m"))
        [series] = [series for series in exported["series"] if series["name"] == "requests_sum"]
        return sum(point["value"] for point in series["points"])

    eventually(lambda: counted() >= 12, 180, "whole minutes have the requests", every_s=2)
    refused = modal_cli("server", "metrics", f"{APP}/Web", "--json", "--group", "gpu")
    assert refused.code != 0 and "requests, containers" in refused.output


def test_logs_are_those_of_the_server(asked):
    eventually(lambda: "served" in server("logs", f"{APP}/Web"), 60, "the server's log", every_s=0.5)
    assert "404" in server("logs", f"{APP}/Web", "--search", "404")


def test_autoscaler_settings_are_shown_and_changed():
    server("autoscaler", "update", f"{APP}/Web", "--max-containers", "3", "--target-concurrency", "7")
    shown = server("autoscaler", "settings", f"{APP}/Web")
    assert "3" in shown and "7" in shown


def test_a_function_is_no_server():
    for command in ("info", "stats", "requests", "metrics", "logs"):
        refused = modal_cli("server", command, f"{APP}/plain")
        assert refused.code != 0 and "Traceback" not in refused.output, refused.output


@pytest.mark.heavy
def test_an_image_is_deployed_as_a_server_without_any_python_of_ours(tmp_path: Path):
    (tmp_path / "index.html").write_text("the image's own page")
    (tmp_path / "Dockerfile").write_text(
        "FROM python:3.11-slim-bookworm\nCOPY index.html /srv/index.html\nWORKDIR /srv\n"
        'CMD ["python3", "-m", "http.server", "8080"]\n'
    )
    built = modal_cli("image", "build", "-t", "e2e-page:v1", tmp_path)
    assert built.code == 0, built.output
    server("deploy", "--image", "e2e-page:v1", "--port", "8080", "--unauthenticated", "--app-name", DIRECT, "--yes")
    try:
        url = modal.Server.from_name(DIRECT, "Server").get_url()
        assert fetch(url).text == "the image's own page"
        words = ["--cmd", "python3 -m http.server 8080 --directory /etc", "--app-name", DIRECT, "--yes"]
        server("deploy", "--image", "e2e-page:v1", "--port", "8080", "--unauthenticated", *words)
        eventually(lambda: fetch(f"{url}/passwd").status == 200, 60, "the new command's server answers")
    finally:
        modal_cli("app", "stop", "--yes", DIRECT)
