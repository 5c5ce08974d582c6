"""Images of registries: pulled from the command line, by a login where it needs one, and run in."""

import json
import uuid

import modal
import pytest

from harness.client_program import modal_cli
from harness.registry import layer_of, registry

pytestmark = pytest.mark.heavy

ENVIRONMENT = ["PATH=/usr/local/bin:/usr/bin:/bin", "GREETING=from the registry"]
app = modal.App("e2e-registry")


@app.function(image=modal.Image.debian_slim(), serialized=True)
def root_file_system() -> bytes:
    """A shell and a Python with the libraries that they load, as a plain tar."""
    import io
    import re
    import subprocess
    import tarfile
    from pathlib import Path

    programs = [Path(path) for path in ("/usr/bin/sh", "/usr/bin/cat", "/usr/bin/sleep", "/usr/bin/python3", "/usr/local/bin/python3")]
    python = Path("/usr/lib/python3.11")
    binaries = [*programs, *python.glob("lib-dynload/*.so")]
    loaded = subprocess.run(["ldd", *binaries], capture_output=True, text=True).stdout
    libraries = {Path(found) for found in re.findall(r"(/\S+\.so\S*) \(", loaded)}
    files = {path.absolute() for path in [*programs, *(path.resolve() for path in programs), *libraries]}
    targets = {path.parent.resolve() / path.name for path in {*files, *(path.resolve() for path in files)}}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in [Path("/bin"), Path("/lib"), Path("/lib64"), *sorted(targets)]:
            tar.add(path, recursive=False)
        tar.add(python, filter=lambda entry: None if "__pycache__" in entry.name else entry)
    return packed.getvalue()


@pytest.fixture(scope="module")
def base_layer() -> bytes:
    with app.run():
        return root_file_system.remote()


def names(name: str) -> list[str]:
    return [item["tag"] for item in json.loads(modal_cli("image", "names", "list", "--prefix", name, "--json").output)]


def said_in(image: modal.Image, *command: str) -> str:
    sandbox = modal.Sandbox.create("sleep", "600", image=image, app=modal.App.lookup("e2e-registry-sandboxes", create_if_missing=True))
    try:
        program = sandbox.exec(*command)
        assert program.wait() == 0, program.stderr.read()
        return program.stdout.read()
    finally:
        sandbox.terminate()


def version(text: str) -> bytes:
    return layer_of({"srv/version": text})


@pytest.fixture
def name() -> str:
    return f"pulled-{uuid.uuid4().hex[:8]}"


def test_an_image_is_pulled_published_and_pulled_again(base_layer: bytes, name: str):
    with registry() as served:
        reference = served.push(f"team/{name}:v1", [base_layer, version("one")], ENVIRONMENT)
        done = modal_cli("image", "pull", reference, "--name", name)
        assert done.code == 0 and reference in done.output, done.output
        assert names(name) == [f"{name}:latest"]
        assert said_in(modal.Image.from_name(name), "sh", "-c", "cat version; echo; echo $GREETING; pwd").splitlines() == [
            "one",
            "from the registry",
            "/srv",
        ]
        served.push(f"team/{name}:v1", [base_layer, version("two")], ENVIRONMENT)
        pulls = len(served.pulls)
        assert modal_cli("image", "pull", reference, "--name", name).code == 0
        assert len(served.pulls) == pulls and said_in(modal.Image.from_name(name), "cat", "version") == "one"
        assert modal_cli("image", "pull", reference, "--name", name, "--force-build").code == 0
        assert said_in(modal.Image.from_name(name), "cat", "version") == "two"


def test_a_private_registry_wants_a_login(base_layer: bytes, name: str):
    login = ("ada", f"pass-{uuid.uuid4().hex}")
    with registry(login) as served:
        reference = served.push(f"private/{name}:1", [base_layer, version("private")], ENVIRONMENT)
        refused = modal_cli("image", "pull", reference)
        assert refused.code != 0 and "401" in refused.output and "Traceback" not in refused.output, refused.output
        keys = {"REGISTRY_USERNAME": login[0], "REGISTRY_PASSWORD": login[1]}
        modal.Secret.objects.create(name, keys)
        done = modal_cli("image", "pull", reference, "--registry-secret", name, "--name", name)
        assert done.code == 0 and login[1] not in done.output, done.output
        by_variables = modal_cli("image", "pull", reference, "--registry-secret-from-env", ",".join(keys), environment=keys)
        assert by_variables.code == 0, by_variables.output
    assert said_in(modal.Image.from_name(name), "cat", "version") == "private"


def test_what_a_registry_does_not_have_is_one_clear_error(name: str):
    with registry() as served:
        done = modal_cli("image", "pull", f"{served.host}/{name}:none")
    assert done.code != 0 and f"{name}" in done.output and "404" in done.output, done.output
    assert "Traceback" not in done.output


def test_a_function_runs_in_an_image_built_on_a_registrys(base_layer: bytes, name: str):
    def look() -> tuple[str, str]:
        from pathlib import Path

        return Path("/srv/version").read_text(), Path("/srv/built").read_text()

    built_on = modal.App(f"e2e-{name}")
    with registry() as served:
        reference = served.push(f"team/{name}:1", [base_layer, version("base")], ENVIRONMENT)
        image = modal.Image.from_registry(reference).run_commands("echo -n $GREETING > built")
        run = built_on.function(image=image, serialized=True)(look)
        with built_on.run():
            assert run.remote() == ("base", "from the registry")
