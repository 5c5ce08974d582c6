"""Every `modal image` command, and images by name and id."""

import json
import uuid
from pathlib import Path

import modal
import modal.experimental
import pytest
from modal.exception import NotFoundError

from harness.client_program import Finished, modal_cli

pytestmark = pytest.mark.heavy

IMAGE = modal.Image.debian_slim().run_commands("echo this was said")


@pytest.fixture(scope="module")
def image_id() -> str:
    app = modal.App("image-commands")
    with app.run():
        IMAGE.build(app)
    return IMAGE.object_id


@pytest.fixture
def name() -> str:
    return f"named-{uuid.uuid4().hex[:8]}"


def image(*words: str | Path) -> Finished:
    return modal_cli("image", *words)


def names(prefix: str) -> dict[str, str]:
    items = json.loads(image("names", "list", "--prefix", prefix, "--json").output)
    return {item["tag"]: item["image_id"] for item in items}


def test_a_name_is_published_listed_and_forgotten(image_id: str, name: str):
    assert names(name) == {}
    published = modal.Image.from_id(image_id)
    published.publish(name)
    published.publish(f"{name}:v1")
    published.publish(f"{name}:v1")
    assert names(name) == {f"{name}:latest": image_id, f"{name}:v1": image_id}
    history = json.loads(image("names", "history", f"{name}:v1", "--json").output)
    assert [item["image_id"] for item in history] == [image_id, image_id]
    assert image("names", "delete", "--yes", f"{name}:v1").code == 0
    again = image("names", "delete", "--yes", f"{name}:v1")
    assert again.code == 1 and f"No image is published as '{name}:v1'" in again.output
    assert "Showing 1 result" in image("names", "list", "--prefix", name).output
    gone = image("names", "history", f"{name}:v1")
    assert gone.code == 1 and "No publishing history" in gone.output


def test_a_function_runs_in_an_image_by_its_name(image_id: str, name: str):
    modal.Image.from_id(image_id).publish(name)
    app = modal.App("image-by-name")

    @app.function(image=modal.Image.from_name(name), serialized=True)
    def double(x):
        return 2 * x

    with app.run():
        assert double.remote(21) == 42


def test_logs_of_a_build_are_read_layer_by_layer(image_id: str):
    last = image("logs", image_id)
    assert last.code == 0 and "this was said" in last.output
    assert "pip" in image("logs", "--all", image_id).output
    none = image("logs", "im-" + "0" * 26)
    assert none.code == 1 and "does not exist" in none.output


def test_a_dockerfile_is_built_and_published(name: str, tmp_path: Path):
    (tmp_path / "Dockerfile").write_text("FROM python:3.11-slim-bookworm\nCOPY said /said\nRUN cat /said\n")
    (tmp_path / "said").write_text(f"hello from {name}\n")
    built = image("build", "-t", f"{name}:v2", tmp_path)
    assert built.code == 0 and f"hello from {name}" in built.output
    assert list(names(name)) == [f"{name}:v2"]
    assert image("build", "-t", f"{name}:v2", tmp_path / "none").code == 2


def test_a_deleted_image_is_gone(name: str):
    app = modal.App("image-deleted")
    short_lived = modal.Image.debian_slim().run_commands(f"echo {name}")
    with app.run():
        short_lived.build(app)
    short_lived.publish(name)
    modal.experimental.image_delete(short_lived.object_id)
    with pytest.raises(NotFoundError, match="does not exist"):
        modal.experimental.image_delete(short_lived.object_id)
    with app.run(), pytest.raises(NotFoundError, match="was deleted"):
        modal.Image.from_name(name).build(app)
