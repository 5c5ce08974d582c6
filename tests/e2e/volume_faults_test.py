"""Processes of the platform die while files of volumes are put or committed; what was acknowledged is there, and nothing half-way."""

import io
import os
import random
import threading
import time
import uuid

import modal
import pytest
from volumes import Container, app

from harness.supervisor import kill_nine, wait_until_all_ready, wait_until_replaced

pytestmark = [pytest.mark.heavy, pytest.mark.restarts]

BATCHES = 12
FILES = 20
GENERATION_FILES = 100
WORKER_KILLS = 2


@pytest.fixture
def volume():
    wait_until_all_ready()
    name = f"faults-{uuid.uuid4().hex[:8]}"
    yield modal.Volume.from_name(name, create_if_missing=True)
    modal.Volume.objects.delete(name)
    wait_until_all_ready()


@pytest.mark.parametrize("victim", ["blob-store", "postgres", "gateway", "nats"])
def test_batches_of_files_survive_the_death_of(volume: modal.Volume, victim: str):
    volume.hydrate()
    contents = {batch: os.urandom(9 * 1024 * 1024 if batch == 3 else 1000) for batch in range(BATCHES)}
    killed: list[int] = []
    killer = threading.Timer(0.3, lambda: killed.append(kill_nine(victim)))
    killer.start()
    for batch, content in contents.items():
        with volume.batch_upload(force=True) as upload:
            for file in range(FILES):
                upload.put_file(io.BytesIO(content), f"/rewritten/{file}")
            upload.put_file(io.BytesIO(content), f"/batch/{batch}")
        # Whatever died meanwhile: all files of a batch are of that batch.
        assert b"".join(volume.read_file(f"rewritten/{batch % FILES}")) == content
    killer.join()
    sizes = {entry.size for entry in volume.listdir("rewritten")}
    assert sizes == {len(contents[BATCHES - 1])}
    for batch, content in contents.items():
        assert b"".join(volume.read_file(f"batch/{batch}")) == content
    wait_until_replaced(victim, killed[0])


def test_a_commit_that_its_workers_death_interrupts_is_whole_or_not_there():
    moments = random.Random(4)
    folder = f"generations-{uuid.uuid4().hex[:12]}"
    with app.run():
        Container(name="writer").generation.remote(folder, GENERATION_FILES, 0)
        for number in range(1, WORKER_KILLS + 1):
            call = Container(name="writer").generation.spawn(folder, GENERATION_FILES, number)
            # Any moment may be the one: before, within and after the commit.
            time.sleep(moments.uniform(0.2, 2))
            wait_until_replaced("worker-1", kill_nine("worker-1"))
            seen = Container(name=f"reader-{number}").generations.remote(folder)
            assert seen in ([f"{number - 1}"], [f"{number}"])
            call.get(timeout=120)
            assert Container(name=f"reader-{number}").generations.remote(folder) == [f"{number}"]
