"""`add_python`, with the newest builder version: a Python of a release that is fetched, checked and laid over an image."""

import platform

import modal
import pytest

from harness.client_program import modal_run
from harness.python_builds import mirror_port, python_builds

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(mirror_port() is None, reason="this platform takes its Pythons from elsewhere"),
]
NEWEST_BUILDER = {"MODAL_IMAGE_BUILDER_VERSION": "2026.10"}
ARCHIVE = f"cpython-3.11.17+20261021-{platform.machine()}-unknown-linux-gnu-install_only_stripped.tar.gz"
app = modal.App("e2e-python-to-add")


@app.function(image=modal.Image.debian_slim(), serialized=True)
def relocatable_python() -> bytes:
    """The Python of this image as a release would have it, with a mark of its own."""
    import io
    import tarfile

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as tar:
        tar.add("/usr/bin/python3.11", "python/bin/python3.11")
        tar.add("/usr/lib/python3.11", "python/lib/python3.11", filter=lambda entry: None if "__pycache__" in entry.name else entry)
        for name in ("python3", "python"):
            link = tarfile.TarInfo(f"python/bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "python3.11"
            tar.addfile(link)
        mark = tarfile.TarInfo("python/share/said")
        mark.size = len(b"by the added Python")
        tar.addfile(mark, io.BytesIO(b"by the added Python"))
    return packed.getvalue()


def test_an_image_gets_the_python_of_a_release():
    with app.run():
        archive = relocatable_python.remote()
    with python_builds({f"20261021/{ARCHIVE}": archive}):
        done = modal_run("added_python.py", environment=NEWEST_BUILDER)
    assert done.code == 0, done.output
    assert "prefix: /usr/local" in done.lines and "said: by the added Python" in done.lines, done.output


def test_a_python_that_the_release_has_not_is_one_clear_error():
    with python_builds({"20261021/another.tar.gz": b""}):
        done = modal_run("missing_python.py", environment=NEWEST_BUILDER)
    assert done.code != 0 and "Traceback" not in done.output, done.output
    assert "has no Python 3.12.15" in done.output and "IMAGE_BUILDER_PYTHON_BUILDS" in done.output, done.output
