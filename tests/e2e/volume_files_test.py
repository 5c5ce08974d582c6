"""Files of volumes from outside of containers: put, listed, read, copied, removed."""

import io
import os
import uuid

import modal
import pytest
from modal.exception import InvalidError, NotFoundError

from harness import platform_api

pytestmark = pytest.mark.every_client

MIB = 1024 * 1024
BLOCK = 8 * MIB


@pytest.fixture(params=[1, 2], ids=["format 1", "format 2"])
def volume(request):
    name = f"files-{uuid.uuid4().hex[:8]}"
    modal.Volume.objects.create(name, version=request.param)
    yield modal.Volume.from_name(name, version=request.param)
    modal.Volume.objects.delete(name)


def put(volume: modal.Volume, files: dict[str, bytes], force: bool = False) -> None:
    with volume.batch_upload(force=force) as batch:
        for path, content in files.items():
            batch.put_file(io.BytesIO(content), path)


def read(volume: modal.Volume, path: str) -> bytes:
    return b"".join(volume.read_file(path))


def paths(volume: modal.Volume, path: str = "/", recursive: bool = False) -> list[str]:
    return [entry.path for entry in volume.listdir(path, recursive=recursive)]


def test_what_was_put_is_read_again(volume: modal.Volume):
    contents = {
        "empty": b"",
        "small": b"some data",
        "ends-in-zeros": b"x" + bytes(100),
        "zeros": bytes(BLOCK + 5),
        "a/block": os.urandom(BLOCK),
        "a/b/blocks": os.urandom(BLOCK) + bytes(2 * BLOCK) + os.urandom(17) + bytes(3),
    }
    put(volume, contents)
    assert {path: read(volume, path) for path in contents} == contents
    into = io.BytesIO()
    volume.read_file_into_fileobj("/a/b/blocks", into)
    assert into.getvalue() == contents["a/b/blocks"]


def test_listings_say_what_there_is(volume: modal.Volume):
    put(volume, {"top": b"123", "a/b/c": b"1", "a/d": b""})
    assert paths(volume) == ["a", "top"]
    assert paths(volume, "a") == paths(volume, "/a/") == ["a/b", "a/d"]
    assert paths(volume, recursive=True) == ["a", "a/b", "a/b/c", "a/d", "top"]
    (top,) = volume.listdir("top")
    assert (top.path, top.type.name, top.size) == ("top", "FILE", 3)
    with pytest.raises(NotFoundError, match="no 'none'"):
        volume.listdir("none")


def test_a_thousand_files_are_one_commit_and_one_listing(volume: modal.Volume):
    put(volume, {f"many/{number:04}": str(number).encode() for number in range(1_100)})
    assert len(paths(volume, "many")) == 1_100


def test_files_are_replaced_only_where_that_is_wanted(volume: modal.Volume):
    put(volume, {"file": b"old", "folder/file": b""})
    with pytest.raises(FileExistsError, match="'file' exists already"):
        put(volume, {"file": b"new", "other": b""})
    assert read(volume, "file") == b"old" and "other" not in paths(volume)
    put(volume, {"file": b"new"}, force=True)
    assert read(volume, "file") == b"new"
    with pytest.raises(FileExistsError, match="'folder' is a folder"):
        put(volume, {"folder": b""}, force=True)
    with pytest.raises(FileExistsError, match="'file' is a file"):
        put(volume, {"file/below": b""}, force=True)


def test_copies_and_removals(volume: modal.Volume):
    put(volume, {"a/x": b"x", "a/y": b"y", "folder/z": b"z"})
    volume.copy_files(["a/x"], "copy")
    volume.copy_files(["a/x", "a/y"], "folder")
    assert (read(volume, "copy"), paths(volume, "folder")) == (b"x", ["folder/x", "folder/y", "folder/z"])
    with pytest.raises(NotFoundError, match="no 'none'"):
        volume.copy_files(["none"], "copy")
    with pytest.raises(InvalidError, match="'a' is a folder"):
        volume.remove_file("a")
    volume.remove_file("a", recursive=True)
    assert paths(volume) == ["copy", "folder"]
    with pytest.raises(FileNotFoundError, match="no 'a'"):
        volume.remove_file("a", recursive=True)
    with pytest.raises(FileNotFoundError, match="no file 'a'"):
        read(volume, "a")


def test_paths_that_lead_out_are_refused(volume: modal.Volume):
    with pytest.raises(InvalidError, match="must not contain '..'"):
        volume.listdir("a/../../b")
    with pytest.raises(InvalidError, match="must not contain '..'"):
        put(volume, {"../out": b""})


def test_folders_are_put_with_their_modes(volume: modal.Volume, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "run").write_text("x")
    (tmp_path / "sub" / "run").chmod(0o755)
    with volume.batch_upload() as batch:
        batch.put_directory(tmp_path, "/put")
    assert paths(volume, recursive=True) == ["put", "put/sub", "put/sub/run"]


def test_commit_and_reload_are_for_containers(volume: modal.Volume):
    with pytest.raises(InvalidError, match="by a container that has it mounted"):
        volume.reload()


def test_an_ephemeral_volume_is_found_by_its_id():
    with modal.Volume.ephemeral() as volume:
        put(volume, {"x": b"1"})
        assert read(modal.Volume.from_id(volume.object_id), "x") == b"1"


def test_volumes_by_name():
    names = [f"objects-{uuid.uuid4().hex[:8]}" for _ in range(3)]
    for name in names:
        modal.Volume.objects.create(name)
        modal.Volume.objects.create(name, allow_existing=True)
    listed = [volume.name for volume in modal.Volume.objects.list()]
    assert [name for name in listed if name in names] == names[::-1]
    assert len(modal.Volume.objects.list(max_objects=2)) == 2
    with pytest.raises(InvalidError, match="has version v2, not v1"):
        modal.Volume.from_name(names[0], version=1).hydrate()
    for name in names:
        modal.Volume.objects.delete(name)
        modal.Volume.objects.delete(name, allow_missing=True)
    with pytest.raises(NotFoundError, match=f"modal volume create {names[0]}"):
        modal.Volume.from_name(names[0]).hydrate()
    with pytest.raises(NotFoundError, match="does not exist, or was deleted"):
        modal.Volume.from_id("vo-" + "0" * 26).hydrate()


def test_volumes_are_listed_over_https():
    name = f"listed-{uuid.uuid4().hex[:8]}"
    modal.Volume.objects.create(name)
    volume = modal.Volume.from_name(name).hydrate()
    put(volume, {"x": b"1"})
    items = platform_api.get("/v1/volumes?environment=main")["items"]
    (item,) = [item for item in items if item["name"] == name]
    assert item == platform_api.get(f"/v1/volumes/{volume.object_id}")
    assert (item["id"], item["format"], item["version"]) == (volume.object_id, 2, 1)
    page = platform_api.get("/v1/volumes?limit=1")
    assert len(page["items"]) == 1
    modal.Volume.objects.delete(name)
    assert name not in [item.get("name") for item in platform_api.get("/v1/volumes?limit=500")["items"]]
