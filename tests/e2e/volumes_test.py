"""Volumes in containers: what one commits, others read; nothing is lost, half written, or seen by whom it is not for."""

import hashlib
import io
import os
import uuid

import modal
import pytest
from volumes import Container, app, run, shared, write_and_crash, write_where_only_reading_is_allowed

from harness.eventually import eventually
from harness.volume_blocks import blocks_on_workers

MOST_SECONDS_TO_A_BACKGROUND_COMMIT = 30


@pytest.fixture(scope="module", autouse=True)
def volumes_app(running):
    return running(app)


@pytest.fixture
def folder() -> str:
    return f"test-{uuid.uuid4().hex[:12]}"


@pytest.mark.every_client
def test_what_a_container_commits_is_there_for_containers_that_start_later(folder):
    writer = Container(name="a").write.remote(f"{folder}/hello", "from a")
    assert Container(name=folder).read.remote(f"{folder}/hello") == "from a"
    assert writer.startswith("ta-")


@pytest.mark.every_client
def test_a_running_container_sees_commits_of_others_when_it_reloads(folder):
    a, b = Container(name="a"), Container(name="b")
    assert b.read.remote(f"{folder}/f") is None
    a.write.remote(f"{folder}/f", "one")
    assert b.read.remote(f"{folder}/f") is None
    assert b.read.remote(f"{folder}/f", reload=True) == "one"
    a.write.remote(f"{folder}/f", "two, which is longer")
    assert b.read.remote(f"{folder}/f") == "one"
    assert b.read.remote(f"{folder}/f", reload=True) == "two, which is longer"
    a.remove.remote(f"{folder}/f")
    assert b.read.remote(f"{folder}/f", reload=True) is None


@pytest.mark.every_client
def test_a_volume_with_open_files_is_not_reloaded_and_the_error_names_one(folder):
    container = Container(name="a")
    container.write.remote(f"{folder}/f", "x")
    message = container.reload_with_an_open_file.remote(f"{folder}/f")
    assert message == f"there are open files preventing the operation: path {folder}/f is open"


@pytest.mark.every_client
def test_what_is_written_is_committed_in_the_background(folder):
    Container(name="a").write.remote(f"{folder}/f", "soon", commit=False)
    eventually(
        lambda: Container(name="b").read.remote(f"{folder}/f", reload=True) == "soon",
        MOST_SECONDS_TO_A_BACKGROUND_COMMIT,
        "a background commit",
        every_s=1,
    )


def test_what_a_container_wrote_before_it_crashed_is_committed(folder):
    path = f"{folder}-crash"
    with pytest.raises(Exception):
        write_and_crash.remote(path)
    eventually(
        lambda: Container(name="b").read.remote(path, reload=True) == "written before the crash",
        MOST_SECONDS_TO_A_BACKGROUND_COMMIT,
        "the last commit of a crashed container",
        every_s=1,
    )


def test_the_last_commit_of_a_file_wins_and_other_files_stay(folder):
    a, b = Container(name="a"), Container(name="b")
    a.write.remote(f"{folder}/same", "from a", commit=False)
    b.write.remote(f"{folder}/other", "from b", commit=False)
    a.write.remote(f"{folder}/same", "from a")
    b.write.remote(f"{folder}/same", "from b")
    for container in (a, b):
        assert container.read.remote(f"{folder}/same", reload=True) == "from b"
        assert container.read.remote(f"{folder}/other") == "from b"


def test_a_volume_that_is_mounted_to_be_read_cannot_be_written(folder):
    assert write_where_only_reading_is_allowed.remote(folder) == "Read-only file system"


def test_several_volumes_are_mounted_where_the_client_looks_for_open_files():
    first, other = Container(name="a").where.remote()
    assert first == f"/__modal/volumes/{shared.object_id}"
    assert other.startswith("/__modal/volumes/vo-") and other != first


@pytest.mark.every_client
@pytest.mark.parametrize("version", [1, 2])
def test_code_in_a_container_puts_and_reads_files_as_code_outside_does(folder, version):
    modal.Volume.objects.create(folder, version=version)
    inside = modal.App("volumes-inside")

    @inside.function(serialized=True)
    def copy(name: str, version: int) -> bytes:
        import io

        volume = modal.Volume.from_name(name, version=version)
        given = b"".join(volume.read_file("given"))
        with volume.batch_upload() as batch:
            batch.put_file(io.BytesIO(given), "copied")
        return given

    given = os.urandom(9 * 1024 * 1024)
    volume = modal.Volume.from_name(folder, version=version)
    with volume.batch_upload() as batch:
        batch.put_file(io.BytesIO(given), "given")
    with inside.run():
        assert copy.remote(folder, version) == given
    assert b"".join(volume.read_file("copied")) == given
    modal.Volume.objects.delete(folder)


def test_a_folder_of_a_volume_is_mounted_as_if_it_were_all_of_it(folder):
    Container(name="a").write.remote(f"{folder}/outside", "x")
    part = modal.App("volumes-sub-path")
    mounted = shared.with_mount_options(sub_path=f"/{folder}/new/part")

    @part.function(volumes={"/part": mounted}, serialized=True)
    def write() -> list[str]:
        import os

        before = os.listdir("/part")
        open("/part/inside", "w").write("from the part")
        return before

    with part.run():
        assert write.remote() == []
    eventually(
        lambda: Container(name="b").read.remote(f"{folder}/new/part/inside", reload=True) == "from the part",
        MOST_SECONDS_TO_A_BACKGROUND_COMMIT,
        "the last commit of the part",
        every_s=1,
    )


def test_an_ephemeral_volume_carries_data_between_containers():
    scratch = modal.App("volumes-ephemeral")
    with modal.Volume.ephemeral() as volume:

        @scratch.function(volumes={"/scratch": volume}, serialized=True)
        def add(name: str) -> list[str]:
            import os

            volume.reload()
            open(f"/scratch/{name}", "w").close()
            volume.commit()
            return sorted(os.listdir("/scratch"))

        with scratch.run():
            assert add.remote("one") == ["one"]
            assert add.remote("two") == ["one", "two"]
        assert sorted(entry.path for entry in volume.listdir("/")) == ["one", "two"]


def test_what_a_client_uploads_and_a_container_writes_is_read_by_the_other(folder):
    with shared.batch_upload() as batch:
        batch.put_file(__file__, f"/{folder}/uploaded.py")
    assert Container(name="a").read.remote(f"{folder}/uploaded.py", reload=True) == open(__file__).read()
    Container(name="a").write.remote(f"{folder}/written", "by a container")
    assert b"".join(shared.read_file(f"{folder}/written")) == b"by a container"


def test_databases_and_shell_tools_work(folder):
    assert Container(name="a").database.remote(f"{folder}.db") == (1000, "ok")
    assert run.remote(
        f"mkdir {folder}; cd {folder}; seq 2000 | xargs touch; ls | wc -l; mkdir d; mv 1 d/one; ln -s d/one l;"
        "echo x >> l; cat d/one; tar cf ../t.tar .; mkdir ../u; tar xf ../t.tar -C ../u; diff -r . ../u && echo same;"
        "rm -r ../u ../t.tar; ln d/one hard 2>&1 | grep -o 'Operation not permitted'"
    ).splitlines() == ["2000", "x", "same", "Operation not permitted"]


@pytest.mark.heavy
def test_a_large_file_is_whole_in_another_container(folder):
    written = Container(name="a").write_random.remote(f"{folder}/big", 300)
    assert Container(name=folder).digest.remote(f"{folder}/big") == written


@pytest.mark.heavy
def test_a_large_file_is_read_before_it_has_arrived(folder, tmp_path):
    file, whole, blocks = tmp_path / "big", hashlib.sha256(), []
    with open(file, "wb") as writing:
        for _ in range(32):
            # A block of 8 MiB unlike the others, of 64 KiB of chance; zeros at its end would be left out of it.
            block = (os.urandom(65_535) + b"x") * 128
            writing.write(block)
            whole.update(block)
            blocks.append(hashlib.sha256(block).hexdigest())
    with shared.batch_upload() as batch:
        batch.put_file(file, f"/{folder}/big")
    file.unlink()
    reader = Container(name=folder)
    assert reader.size_by_its_ends.remote(f"{folder}/big") == len(blocks) * 8 * 1024 * 1024
    fetched = blocks_on_workers(blocks)
    # A reader is taken to go on for a few blocks.
    assert {blocks[0], blocks[-1]} <= fetched and len(fetched) < len(blocks) / 4, sorted(map(blocks.index, fetched))
    assert reader.digest.remote(f"{folder}/big") == whole.hexdigest()
    assert blocks_on_workers(blocks) == set(blocks)
    shared.remove_file(folder, recursive=True)


def test_a_mount_path_that_cannot_be_is_refused_with_its_reason():
    wrong = modal.App("volumes-wrong")

    @wrong.function(volumes={"/proc/data": shared}, serialized=True)
    def never() -> None: ...

    with pytest.raises(modal.exception.InvalidError, match="cannot be mounted at '/proc/data'"):
        with wrong.run():
            pass


def test_a_bucket_is_refused_by_its_path_and_not_left_out():
    wrong = modal.App("volumes-bucket")

    @wrong.function(volumes={"/bucket": modal.CloudBucketMount("b")}, serialized=True)
    def never() -> None: ...

    with pytest.raises(Exception, match="at '/bucket', but this server mounts no buckets"):
        with wrong.run():
            pass


def test_a_volume_of_a_build_command_is_refused_by_its_step_and_not_left_out():
    image = modal.Image.debian_slim().run_commands("touch /data/x", volumes={"/data": shared})
    wrong = modal.App("volumes-in-build", image=image)

    @wrong.function(serialized=True)
    def never() -> None: ...

    with pytest.raises(Exception, match="'RUN touch /data/x' asks for volumes at '/data'"):
        with wrong.run():
            pass


def test_a_path_where_the_image_has_files_is_refused_with_its_reason():
    wrong = modal.App("volumes-occupied")

    @wrong.function(volumes={"/etc": shared}, serialized=True)
    def never() -> None: ...

    with wrong.run(), pytest.raises(Exception, match="a folder that is not empty"):
        never.remote()


def test_a_volume_that_is_not_there_cannot_be_mounted(folder):
    gone = modal.Volume.from_name(folder, create_if_missing=True)
    gone.hydrate()
    modal.Volume.objects.delete(folder)
    wrong = modal.App("volumes-gone")

    @wrong.function(volumes={"/data": gone}, serialized=True)
    def never() -> None: ...

    with pytest.raises(modal.exception.NotFoundError):
        with wrong.run():
            pass
