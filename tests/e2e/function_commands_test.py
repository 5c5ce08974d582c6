"""Every command of `modal function` says what its help promises, and ends with one clear error on bad input."""

import json

import modal
import pytest

from harness.client_program import Finished, modal_cli
from harness.eventually import eventually

APP = "e2e-inspected"


@pytest.fixture(scope="module", autouse=True)
def deployed():
    done = modal_cli("deploy", "inspected.py")
    assert done.code == 0, done.output
    divide = modal.Function.from_name(APP, "divide")
    assert divide.remote(6, 3) == 2
    with pytest.raises(ZeroDivisionError):
        divide.remote(1, 0)
    with pytest.raises(modal.exception.FunctionTimeoutError):
        divide.remote(1, -1)
    shop = modal.Cls.from_name(APP, "Shop")
    assert shop(name="bakery").sell.remote("bread") == "bread from the bakery"
    yield
    modal_cli("app", "stop", "--yes", APP)


def function(*words: str) -> Finished:
    return modal_cli("function", *words)


def shown(*words: str) -> dict | list:
    done = function(*words, "--json")
    assert done.code == 0, done.output
    return json.loads(done.output)


def test_calls_are_listed_newest_first_with_how_they_ended():
    def statuses() -> list[str]:
        return [call["status"] for call in shown("calls", f"{APP}/divide")]

    eventually(lambda: statuses() == ["timeout", "failure", "success"], 60, "three calls", every_s=0.5)
    newest = shown("calls", f"{APP}/divide", "--tail", "1")
    assert len(newest) == 1 and newest[0]["execution_time_seconds"] >= 15
    assert newest[0]["container_id"].startswith("ta-") and newest[0]["function_call_id"].startswith("fc-")


def test_calls_of_a_time_are_listed_oldest_first():
    calls = shown("calls", f"{APP}/divide", "--since", "10m")
    assert [call["status"] for call in calls][-3:] == ["success", "failure", "timeout"]
    assert shown("calls", f"{APP}/divide", "--since", "3h", "--until", "2h") == []


def test_calls_of_a_class_are_those_of_its_variants():
    assert shown("calls", f"{APP}/Shop.*") == []
    calls = eventually(lambda: shown("calls", f"{APP}/Shop.*", "--all-variants"), 60, "a call", every_s=0.5)
    assert [call["service_method_name"] for call in calls] == ["sell"]


def test_stats_count_inputs_and_containers():
    stats = eventually(
        lambda: (found := shown("stats", f"{APP}/divide"))["input_timeout_count"] and found, 60, "counts", every_s=0.5
    )
    assert (stats["input_success_count"], stats["input_failure_count"]) == (1, 1)
    assert stats["container_started_count"] >= 1
    assert 0 < stats["input_percentile_stats"]["Execution time (s)"]["percentiles"]["p50"] < 30
    assert "1 succeeded" in function("stats", f"{APP}/divide").output


def test_metrics_are_a_series_of_points():
    preview = function("metrics", f"{APP}/divide")
    assert preview.code == 0 and "--group calls" in preview.output, preview.output
    exported = shown("metrics", f"{APP}/divide", "--group", "calls", "--since", "2h")
    series = {entry["name"]: entry["points"] for entry in exported["series"]}
    assert {len(points) for points in series.values()} == {7200 // exported["bucket_secs"]}
    assert all(point["value"] == 0 for point in series["inputs_queued_sum"][:2])
    rows = function("metrics", f"{APP}/divide", "--group", "containers", "--csv").lines
    assert rows[0] == "series_name,unit,time,value"


def test_variants_say_their_parameters():
    assert [variant["parameters"] for variant in shown("variants", f"{APP}/Shop.*")] == [{"name": "bakery"}]
    assert len(shown("variants", f"{APP}/Shop.*", "--limit", "0")) == 1
    assert "No variants" in function("variants", f"{APP}/divide").output


def test_info_of_a_function():
    info = shown("info", f"{APP}/divide")
    assert (info["name"], info["timeout"], info["max_containers"]) == ("divide", 15, 2)
    assert "Scaledown Window: 5 seconds" in function("info", f"{APP}/divide").output
    assert shown("info", info["object_id"])["name"] == "divide"


def test_the_autoscaler_is_changed_until_the_next_deployment():
    name = f"{APP}/divide"
    assert shown("autoscaler", "settings", name)["override_events"] == []
    assert function("autoscaler", "update", name, "--max-containers", "3", "--scaledown-window", "7").code == 0
    settings = shown("autoscaler", "settings", name)
    assert settings["current_settings"]["max_containers"] == 3
    assert settings["current_settings"]["scaledown_window"] == 7
    assert {event["setting"] for event in settings["override_events"]} == {"max_containers", "scaledown_window"}
    assert all(event["actor_name"] for event in settings["override_events"])
    refused = function("autoscaler", "update", name, "--scaledown-window", "4000")
    assert refused.code != 0 and "scaledown_window" in refused.output and "Traceback" not in refused.output
    assert modal_cli("deploy", "inspected.py").code == 0
    assert shown("autoscaler", "settings", name)["current_settings"]["max_containers"] == 2
    assert modal.Function.from_name(APP, "divide").get_current_stats().backlog == 0


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("info", f"{APP}/nothing"),
        ("calls", "nowhere/divide"),
        ("stats", "fu-0123456789abcdefghijkl"),
        ("metrics", f"{APP}/nothing"),
        ("variants", "nowhere/divide"),
        ("logs", "fu-0123456789abcdefghijkl"),
    ],
)
def test_a_function_that_is_not_there_is_one_clear_error(command: str, name: str):
    done = function(command, name)
    assert done.code != 0 and "Traceback" not in done.output, done.output
    assert name.split("/")[-1] in done.output or name.split("/")[0] in done.output, done.output


def test_a_group_of_metrics_that_is_not_there_is_one_clear_error():
    done = function("metrics", f"{APP}/divide", "--group", "weather")
    assert done.code != 0 and "'weather'" in done.output and "containers" in done.output, done.output
    assert "Traceback" not in done.output
