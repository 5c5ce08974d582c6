"""What was used costs what the rate card says, is seen by those who may see money, and never passes a hard cap."""

import json
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import modal
import pytest

from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.platform_api import Account, ask, get, new_member, new_workspace

every_client = pytest.mark.every_client

app = modal.App(f"e2e-billing-{uuid.uuid4().hex[:8]}", tags={"team": "billing"})
USAGE_WITHIN_S = 90


@app.function(cpu=0.125, serialized=True)
def work(seconds: float) -> str:
    import time

    time.sleep(seconds)
    return modal.current_function_call_id()


@pytest.fixture(scope="module")
def call_id(running) -> str:
    running(app)
    return work.remote(1)


def costs(**query: str) -> list[dict]:
    words = "&".join(f"{name}={value}" for name, value in {"from": "2026-01-01T00:00:00Z", **query}.items())
    return get(f"/v1/billing/costs?{words}")["items"]


def own_costs(**query: str) -> list[dict]:
    return costs(app=app.app_id, **query)


@every_client
def test_a_call_costs_its_part_of_the_containers_time(call_id: str):
    def whole():
        status, cost = ask("GET", f"/v1/billing/calls/{call_id}")
        cpu = [step for step in cost.get("steps", []) if step["sku"] == "cpu"]
        # A second of an eighth of a core, which containers report in parts.
        return cost if status == 200 and cpu and Decimal(cpu[0]["quantity"]) >= Decimal("0.12") else None

    cost = eventually(whole, USAGE_WITHIN_S, "the cost of the whole call")
    assert {"core-second", "GiB-second"} <= {step["unit"] for step in cost["steps"]}
    steps = sum(Decimal(step["usd"]) for step in cost["steps"])
    assert steps == Decimal(cost["usd"]) > 0
    [row] = eventually(lambda: own_costs(per="function", resolution="all"), USAGE_WITHIN_S, "the costs of the app")
    assert row["name"].endswith(".work") and row["tags"] == {"team": "billing"}
    assert Decimal(row["billedUsd"]) == sum(Decimal(of["billedUsd"]) for of in row["bySku"])


@every_client
def test_the_client_reports_summarises_and_lists_rates(call_id: str):
    eventually(lambda: own_costs(per="app", resolution="all"), USAGE_WITHIN_S, "the costs of the app")
    report = modal_cli("billing", "report", "--for", "today", "--tag-names", "*", "--json")
    assert report.code == 0, report.output
    rows = [row for row in json.loads(report.output) if app.app_id in row.values()]
    assert len(rows) == 1 and Decimal(rows[0]["cost"]) > 0, report.output
    assert json.loads(rows[0]["tags"]) == {"team": "billing"}
    by_resource = modal_cli("billing", "report", "--for", "today", "--show-resources", "--json")
    assert {"CPU", "Memory"} <= {row["resource"] for row in json.loads(by_resource.output)}, by_resource.output
    summary = modal_cli("billing", "summary", "--json")
    assert summary.code == 0, summary.output
    amounts = json.loads(summary.output)
    parts = [Decimal(amount) for amount in amounts["adjustments"].values()]
    assert Decimal(amounts["billed_cost"]) == Decimal(amounts["metered_cost"]) + sum(parts)
    assert Decimal(amounts["metered_cost"]) > 0
    rates = modal_cli("billing", "rates", "--json")
    assert Decimal(json.loads(rates.output)["H100"]) > 0, rates.output
    refused = modal_cli("billing", "summary", "--for", "2031-01")
    assert refused.code != 0


def test_an_environment_has_a_summary_of_its_own(call_id: str):
    eventually(lambda: own_costs(per="app", resolution="all"), USAGE_WITHIN_S, "the costs of the app")
    summary = modal_cli("environment", "billing", "summary", "main", "--json")
    assert summary.code == 0 and Decimal(json.loads(summary.output)["metered_cost"]) > 0, summary.output


def test_money_is_seen_by_managers_and_the_books_by_the_operator():
    member = new_member(f"eve-{uuid.uuid4().hex[:8]}", "member")
    other = new_workspace(f"e2e-money-{uuid.uuid4().hex[:8]}")
    for path in ("balance", "costs?from=2026-01-01", "entries", "invoices", "budgets", "grants"):
        status, problem = ask("GET", f"/v1/billing/{path}", account=member)
        assert status == 403, (path, problem)
    for path in ("trial-balance", "anomalies"):
        assert ask("GET", f"/v1/billing/{path}", account=other)[0] == 403
    status, balance = ask("GET", "/v1/billing/balance", account=other)
    assert status == 200 and balance["usageUsd"] == "0.000000" and balance["creditsLeftUsd"] == "30.000000"
    assert get("/v1/billing/trial-balance")["sumUsd"] == "0.000000"


def test_a_quote_says_what_it_is_made_of():
    quote = get("/v1/quotes?seconds=3600&milliCpu=1000&memoryMiB=1024&gpu=H100:2")
    assert {step["sku"] for step in quote["steps"]} == {"cpu", "memory", "gpu-H100"}
    assert Decimal(quote["usd"]) == sum(Decimal(step["usd"]) for step in quote["steps"])
    assert ask("GET", "/v1/quotes?seconds=-1")[0] == 400
    assert ask("GET", "/v1/quotes?seconds=1&gpu=Z9000")[0] == 400


@pytest.mark.parametrize(
    "method, path, body, said",
    [
        ("POST", "rate-cards", {"cardId": "x", "currency": "EUR", "effectiveFrom": "2099-01-01", "rates": {"cpu": "1"}}, "'EUR'"),
        ("POST", "rate-cards", {"cardId": "x", "currency": "USD", "effectiveFrom": "2020-01-01", "rates": {"cpu": "1"}}, "later than now"),
        ("POST", "rate-cards", {"cardId": "x", "currency": "USD", "effectiveFrom": "2099-01-01", "rates": {"fuel": "1"}}, "'fuel'"),
        ("PUT", "budgets", {"kind": "hard", "limitUsd": "0"}, "spent already"),
        ("PUT", "budgets", {"kind": "hard", "limitUsd": 5}, "limitUsd"),
        ("PUT", "budgets", {"kind": "hard", "limitUsd": "5", "environment": "nowhere"}, "nowhere"),
        ("GET", "balance?month=2099-01", None, "has not begun"),
        ("GET", "balance?month=now", None, "2026-11"),
        ("GET", "costs?from=2026-11-22T10:00", None, "a moment with its zone"),
        ("POST", "exports", {"from": "2026-11-01T10:00:00Z", "to": "2026-11-02"}, "the beginning of a day in UTC"),
        ("POST", "closed-months", {"month": datetime.now(timezone.utc).strftime("%Y-%m")}, "it can be closed then"),
    ],
)
def test_bad_input_is_refused_with_what_would_be_right(call_id, method: str, path: str, body: dict | None, said: str):
    eventually(lambda: own_costs(per="app", resolution="all"), USAGE_WITHIN_S, "something that was spent")
    cards = get("/v1/billing/rate-cards")
    status, problem = ask(method, f"/v1/billing/{path}", body)
    assert status in (400, 404, 409) and said in json.dumps(problem), problem
    assert get("/v1/billing/rate-cards") == cards and get("/v1/billing/budgets")["items"] == []


@pytest.fixture
def dear_rates():
    """A core-second of two cents for a while; afterwards everything costs what it did."""
    before = get("/v1/billing/rate-cards")["items"][-1]
    rates = {rate["sku"]: rate["usdPerUnit"] for rate in before["rates"]}

    def publish(rates: dict[str, str]) -> None:
        starts = datetime.now(timezone.utc) + timedelta(seconds=10)
        card = {"cardId": f"e2e-{uuid.uuid4().hex[:8]}", "currency": "USD", "effectiveFrom": starts.isoformat(), "rates": rates}
        status, problem = ask("POST", "/v1/billing/rate-cards", card)
        assert status == 201, problem
        eventually(lambda: datetime.now(timezone.utc) > starts, 60, "the card's beginning")

    publish({**rates, "cpu": "0.02", "memory": "0"})
    yield
    publish(rates)


# A start, an input and an end may cost 0.30 USD, so six containers fit under it at once; all inputs would cost 2.50 USD.
CAP_USD = "2.00"


# Changes the prices of the site, and has its whole worker.
@pytest.mark.alone
@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_a_burst_of_200_containers_never_passes_a_hard_cap(dear_rates):
    owner: Account = new_workspace(f"e2e-cap-{uuid.uuid4().hex[:8]}")
    status, set_budget = ask("PUT", "/v1/billing/budgets", {"kind": "hard", "limitUsd": CAP_USD}, owner)
    assert status == 200, set_budget
    capped = modal.App("e2e-cap")

    @capped.function(cpu=(0.125, 0.125), memory=(128, 128), timeout=30, startup_timeout=60, max_containers=200, serialized=True)
    def burn(n: int) -> int:
        import time

        time.sleep(4)
        return n

    def spent() -> Decimal:
        [budget] = ask("GET", "/v1/billing/budgets", account=owner)[1]["items"]
        assert Decimal(budget["spentUsd"]) <= Decimal(CAP_USD), budget
        return Decimal(budget["spentUsd"])

    with capped.run(client=owner.client()):
        results = []
        for result in burn.map(range(250), return_exceptions=True, order_outputs=False):
            results.append(result)
            spent()
        told = [str(result) for result in results if isinstance(result, Exception)]
        assert 0 < len(told) < 250, results
        assert all(f"The budget of the workspace is {CAP_USD} USD this month" in text for text in told), told[0]
        with pytest.raises(Exception, match="is spent, .* is held for containers that run"):
            burn.remote(0)
    held = lambda: Decimal(ask("GET", "/v1/billing/budgets", account=owner)[1]["items"][0]["heldUsd"])
    eventually(lambda: held() == 0, 240, "what containers held, given back")
    assert Decimal("0.6") < spent() <= Decimal(CAP_USD)
