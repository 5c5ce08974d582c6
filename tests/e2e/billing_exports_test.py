"""What was used is exported as FOCUS: files of the command line come to what the API says, and keep the rules."""

import json
import subprocess
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import modal
import pytest

from harness.eventually import eventually
from harness.platform_api import ask, get, new_member, new_workspace

checkout = Path(__file__).parent.parent.parent
app = modal.App(f"e2e-exports-{uuid.uuid4().hex[:8]}", tags={"team": "exports"})
USAGE_WITHIN_S = 90


@app.function(cpu=0.125, serialized=True)
def work(seconds: float) -> str:
    import time

    time.sleep(seconds)
    return modal.current_function_call_id()


def lately() -> tuple[str, str]:
    """Yesterday and today, so that midnight changes nothing."""
    now = datetime.now(timezone.utc)
    return tuple((now + timedelta(days=days)).strftime("%Y-%m-%d") for days in (-1, 1))


def billing_tool(*words: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run([checkout / "tools/billing", *words], capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def billed(running) -> Decimal:
    """What the app has cost, once a container of it has ended and all is booked."""
    running(app)
    work.remote(1)

    def cost():
        items = get(f"/v1/billing/costs?from=2026-01-01T00:00:00Z&resolution=all&per=app&app={app.app_id}")["items"]
        return Decimal(items[0]["billedUsd"]) if items else None

    return eventually(cost, USAGE_WITHIN_S, "the costs of the app")


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_an_export_has_what_was_billed_and_keeps_the_rules(billed: Decimal, format: str, tmp_path: Path):
    start, end = lately()
    made = billing_tool("export", "--from", start, "--to", end, "--format", format, "--granularity", "hourly", "--out", tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["specification"] == "FOCUS" and manifest["specificationVersion"] == "1.2"
    [file] = manifest["files"]
    assert file["rows"] == manifest["rows"] > 0 and Decimal(manifest["sums"]["BilledCost"]) >= billed > 0
    checked = billing_tool("check", tmp_path / file["name"])
    assert checked.returncode == 0 and f"{manifest['rows']} rows, all rules kept" in checked.stdout, checked.stdout
    if format == "csv":
        text = (tmp_path / file["name"]).read_text()
        assert app.app_id in text and '""team"":""exports""' in text
        (tmp_path / "broken.csv").write_text(text.replace(",USD,", ",dollars,", 1))
        broken = billing_tool("check", tmp_path / "broken.csv")
        assert broken.returncode == 1 and "row 1, BillingCurrency: is 'dollars'" in broken.stdout, broken.stdout


def test_who_may_not_see_money_may_not_export_it(billed: Decimal):
    start, end = lately()
    period = {"from": start, "to": end}
    member = new_member(f"max-{uuid.uuid4().hex[:8]}", "member")
    other = new_workspace(f"e2e-exports-{uuid.uuid4().hex[:8]}")
    assert ask("POST", "/v1/billing/exports", period, account=member)[0] == 403
    assert ask("POST", "/v1/billing/exports", {**period, "of": "site"}, account=other)[0] == 403
    status, mine = ask("POST", "/v1/billing/exports", period)
    assert status == 202, mine
    assert ask("GET", f"/v1/billing/exports/{mine['exportId']}", account=other)[0] == 404
    written = lambda: get(f"/v1/billing/exports/{mine['exportId']}").get("manifest")
    assert eventually(written, 60, "the export")["rows"] > 0
    assert ask("GET", f"/v1/billing/exports/{mine['exportId']}/files/manifest.json", account=other)[0] == 404
    assert ask("GET", f"/v1/billing/exports/{mine['exportId']}/files/manifest.json")[1]["rows"] > 0
    status, theirs = ask("POST", "/v1/billing/exports", period, account=other)
    assert status == 202
    empty = lambda: ask("GET", f"/v1/billing/exports/{theirs['exportId']}", account=other)[1].get("manifest")
    assert eventually(empty, 60, "the export of the other workspace")["rows"] == 0


@pytest.mark.parametrize(
    "change, said",
    [
        ({"from": "2026-11-01T05:00:00Z"}, "must be the beginning of a day in UTC"),
        ({"to": "2026-01-01"}, "must be later than from"),
        ({"from": "2099-01-01", "to": "2099-02-01"}, "must not be later than now"),
        ({"format": "xlsx"}, "format must be one of"),
    ],
)
def test_a_period_or_form_that_makes_no_sense_is_refused(change: dict, said: str):
    start, end = lately()
    before = get("/v1/billing/exports")
    status, problem = ask("POST", "/v1/billing/exports", {"from": start, "to": end, **change})
    assert status == 400 and said in json.dumps(problem), problem
    assert get("/v1/billing/exports") == before


def test_days_are_exported_by_themselves():
    member = new_workspace(f"e2e-daily-{uuid.uuid4().hex[:8]}")
    wanted = {"every": "day", "format": "csv", "granularity": "daily"}
    status, problem = ask("PUT", "/v1/billing/export-schedules", wanted, account=member)
    assert status == 200, problem
    written = lambda: [
        one for one in ask("GET", "/v1/billing/exports", account=member)[1]["items"] if one["state"] == "written"
    ]
    [export] = eventually(written, 60, "the export of the day before")
    assert export["granularity"] == "daily"
    assert ask("DELETE", "/v1/billing/export-schedules/day", account=member)[0] == 204
    assert ask("GET", "/v1/billing/export-schedules", account=member)[1]["items"] == []
