"""One image for each way to make one."""

import os
import subprocess
from pathlib import Path

import modal

app = modal.App("built-images")
here = Path(__file__).parent
material = here / "image_material"
base = modal.Image.debian_slim()


def write_mark(mark: str) -> None:
    Path("/mark").write_text(f"made by a function: {mark}")


images = {
    "pip": base.pip_install("numpy==2.3.5"),
    "apt": base.apt_install("jq"),
    "commands": base.run_commands("echo one > /first", "cat /first > /second && echo two >> /second"),
    "settings": base.env({"COLOUR": "dark blue"}).workdir("/srv/work"),
    "entrypoint": base.entrypoint(["/usr/bin/env", "STARTED_BY=the entrypoint"]),
    "dockerfile_commands": base.dockerfile_commands(
        ["ARG WORD=given", "ENV SAID=$WORD", "RUN echo $SAID > /said", "RUN <<END\necho a > /here\necho b >> /here\nEND"]
    ),
    "dockerfile": modal.Image.from_dockerfile(material / "Dockerfile", context_dir=material),
    "copied": (
        base.add_local_file(material / "note.txt", "/data/note.txt", copy=True)
        .add_local_dir(material / "tree", "/data/tree", copy=True)
        .run_commands("cat /data/note.txt /data/tree/deep/leaf.txt > /data/both.txt")
    ),
    "attached": (
        base.add_local_file(material / "note.txt", "/data/note.txt")
        .add_local_dir(material / "tree", "/data/tree")
        .add_local_python_source("image_side_module")
    ),
    "made_by_function": base.run_function(write_mark, args=("ok",)),
}


def on(name: str):
    return app.function(image=images[name], serialized=False, scaledown_window=2, max_containers=1)


@on("pip")
def sum_with_numpy() -> float:
    import numpy

    return float(numpy.arange(10).sum())


@on("apt")
def use_jq() -> str:
    return subprocess.run(["jq", "-n", "1 + 2"], capture_output=True, text=True, check=True).stdout.strip()


@on("commands")
def read_second() -> str:
    return Path("/second").read_text()


@on("settings")
def read_settings() -> tuple[str, str]:
    return os.environ["COLOUR"], os.getcwd()


@on("entrypoint")
def read_who_started_it() -> str:
    return os.environ["STARTED_BY"]


@on("dockerfile_commands")
def read_said() -> tuple[str, str]:
    return Path("/said").read_text(), Path("/here").read_text()


@on("dockerfile")
def read_from_dockerfile() -> tuple[str, str, str]:
    return Path("/built/note.txt").read_text(), os.environ["STAGE"], os.getcwd()


@on("copied")
def read_copied() -> str:
    return Path("/data/both.txt").read_text()


@on("attached")
def read_attached() -> tuple[str, str, str]:
    import image_side_module

    return Path("/data/note.txt").read_text(), Path("/data/tree/deep/leaf.txt").read_text(), image_side_module.WORD


@on("made_by_function")
def read_mark() -> str:
    return Path("/mark").read_text()
