"""Every `modal volume` command, on good and on bad input."""

import json
import os
import uuid
from pathlib import Path

import pytest

from harness.client_program import Finished, modal_cli, refused

pytestmark = pytest.mark.every_client

MIB = 1024 * 1024


@pytest.fixture
def name():
    name = f"commands-{uuid.uuid4().hex[:8]}"
    assert volume("create", name).code == 0
    yield name
    volume("delete", "--yes", "--allow-missing", name)


def volume(*words: str | Path, cwd: Path | None = None) -> Finished:
    return modal_cli("volume", *words, **({} if cwd is None else {"cwd": cwd}))


def listed(name: str, *words: str) -> dict[str, str]:
    """What kind of thing each path is; the keys' spelling is the client version's own."""
    entries = json.loads(volume("ls", name, *words, "--json").output)
    lower = [{key.lower(): value for key, value in entry.items()} for entry in entries]
    return {entry["filename"]: entry["type"] for entry in lower}


def test_create_list_and_delete(name: str):
    rows = json.loads(volume("list", "--json").output)
    assert name in json.dumps(rows)
    assert name in volume("list").output
    refused(volume("create", name), f"'{name}' exists")
    refused(volume("create", "a name"), "Invalid Volume name")
    assert volume("delete", "--yes", name).code == 0
    refused(volume("delete", "--yes", name), f"No volume '{name}'")
    assert volume("delete", "--yes", "--allow-missing", name).code == 0
    assert name not in volume("list", "--json").output


def test_rename_and_dashboard(name: str):
    other = f"{name}-renamed"
    assert volume("rename", "--yes", name, other).code == 0
    refused(volume("rename", "--yes", name, other), f"No volume '{name}'")
    refused(volume("rename", "--yes", other, "a name"), "cannot name a volume")
    assert volume("create", name).code == 0
    refused(volume("rename", "--yes", name, other), f"'{other}' exists")
    assert "vo-" in volume("dashboard", name).output
    assert volume("delete", "--yes", other).code == 0


def test_a_file_goes_up_and_comes_down(name: str, tmp_path: Path):
    content = os.urandom(9 * MIB) + bytes(20 * MIB) + b"end"
    (tmp_path / "file").write_bytes(content)
    assert volume("put", name, "file", "/deep/", cwd=tmp_path).code == 0
    assert listed(name, "deep") == {"deep/file": "file"}
    assert volume("get", name, "deep/file", "down", cwd=tmp_path).code == 0
    assert (tmp_path / "down").read_bytes() == content
    refused(volume("get", name, "deep/file", "down", cwd=tmp_path), "already exists")
    assert volume("get", "--force", name, "deep/file", "down", cwd=tmp_path).code == 0
    refused(volume("get", name, "none", cwd=tmp_path), "There is no 'none'")
    refused(volume("put", name, "none", cwd=tmp_path), "none")


def test_a_folder_goes_up_and_comes_down(name: str, tmp_path: Path):
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "a").write_text("a")
    (source / "sub" / "ü b").write_text("b")
    assert volume("put", name, source, "/up").code == 0
    refused(volume("put", name, source, "/up"), "exists already", "--force")
    (source / "a").write_text("changed")
    assert volume("put", "-f", name, source, "/up").code == 0
    assert volume("get", name, "up/a", "-").output.startswith("changed")
    (tmp_path / "target").mkdir()
    assert volume("get", name, "/", tmp_path / "target").code == 0
    assert (tmp_path / "target" / "up" / "sub" / "ü b").read_text() == "b"


def test_ls_cp_and_rm(name: str, tmp_path: Path):
    assert (listed(name), volume("ls", name).output) == ({}, "")
    (tmp_path / "x").write_text("x")
    assert volume("put", name, tmp_path / "x").code == 0
    assert volume("cp", name, "x", "y").code == 0
    assert volume("ls", name).lines == ["x", "y"]
    refused(volume("ls", name, "none"), "There is no 'none'")
    refused(volume("ls", f"{name}-none"), f"No volume '{name}-none'")
    refused(volume("cp", name, "x", "y", "none"), "no folder 'none'")
    assert volume("put", name, tmp_path, "/folder").code == 0
    refused(volume("cp", name, "folder", "copy"), "'folder' is a folder", "--recursive")
    assert volume("cp", "-r", name, "folder", "copy").code == 0
    refused(volume("rm", name, "copy"), "'copy' is a folder", "--recursive")
    assert volume("rm", "-r", name, "copy").code == 0
    refused(volume("rm", name, "copy"), "There is no 'copy'")
    assert set(listed(name)) == {"folder", "x", "y"}
