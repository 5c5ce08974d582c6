"""Secrets are named sets of variables: made, changed, looked up and deleted, and never told."""

import json
import os
import uuid
from pathlib import Path

import modal
import pytest
from modal.exception import AlreadyExistsError, ConflictError, NotFoundError

from harness.client_program import modal_cli
from harness.platform_api import get

every_client = pytest.mark.every_client


@pytest.fixture
def name():
    name = f"e2e-secret-{uuid.uuid4().hex[:8]}"
    yield name
    modal.Secret.objects.delete(name, allow_missing=True)


@every_client
def test_a_secret_is_looked_up_by_name_and_must_have_its_keys(name: str):
    modal.Secret.objects.create(name, {"A": "1", "B": "2"})
    modal.Secret.objects.create(name, {"A": "x"}, allow_existing=True)
    with pytest.raises(AlreadyExistsError, match=name):
        modal.Secret.objects.create(name, {"A": "x"})
    found = modal.Secret.from_name(name, required_keys=["A", "B"]).hydrate()
    with pytest.raises(ConflictError, match="missing key\\(s\\) C: .* has A, B"):
        modal.Secret.from_name(name, required_keys=["C"]).hydrate()
    modal.Secret.objects.delete(name)
    with pytest.raises(NotFoundError, match=f"No secret '{name}'"):
        modal.Secret.from_name(name).hydrate()
    assert found.object_id.startswith("st-")


def test_a_secret_is_updated_key_by_key(name: str):
    modal.Secret.objects.create(name, {"KEEP": "1", "CHANGE": "1"})
    found = modal.Secret.from_name(name)
    found.update({"CHANGE": "2", "NEW": "3"})
    modal.Secret.from_name(name, required_keys=["KEEP", "CHANGE", "NEW"]).hydrate()
    with pytest.raises(ConflictError, match="' has CHANGE, KEEP, NEW|' has KEEP, CHANGE, NEW"):
        modal.Secret.from_name(name, required_keys=["GO"]).hydrate()


@every_client
def test_the_command_line_manages_secrets(name: str, tmp_path: Path):
    assert modal_cli("secret", "create", name, "A=1").code == 0
    again = modal_cli("secret", "create", name, "A=1")
    assert again.code != 0 and f"A secret '{name}' exists" in again.output
    dotenv = tmp_path / ".env"
    dotenv.write_text('# comment\nB="two words"\nC=3\n')
    assert modal_cli("secret", "create", name, "--from-dotenv", dotenv, "--force").code == 0
    modal.Secret.from_name(name, required_keys=["B", "C"]).hydrate()
    assert name in modal_cli("secret", "list").output
    assert name in [row["name"] for row in json.loads(modal_cli("secret", "list", "--json").output)]
    assert modal_cli("secret", "create", f"{name}-x", "no-equals-sign").code != 0
    assert modal_cli("secret", "delete", name, "--yes").code == 0
    gone = modal_cli("secret", "delete", name, "--yes")
    assert gone.code != 0 and f"No secret '{name}'" in gone.output
    assert modal_cli("secret", "delete", name, "--yes", "--allow-missing").code == 0


def test_no_value_is_listed_or_logged(name: str):
    value = f"hunter-{uuid.uuid4().hex}"
    modal.Secret.objects.create(name, {"PASSWORD": value})
    modal.Secret.from_name(name).update({"PASSWORD": f"{value}-2"})
    row = next(row for row in get("/v1/secrets?limit=500")["items"] if row["name"] == name)
    assert row["keys"] == ["PASSWORD"] and value not in json.dumps(row)
    with pytest.raises(Exception):
        modal.Secret.objects.create(name, {"PASSWORD": value})
    for log in Path(os.environ["SLIPWAY_HOME"], "logs").glob("*.log"):
        assert value not in log.read_text(errors="replace"), log
