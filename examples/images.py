"""An image of its own for a function: packages from the index, packages of Debian, a file, and a variable."""

import modal

image = (
    modal.Image.debian_slim()
    .apt_install("jq")
    .pip_install("numpy==2.3.5")
    .env({"TITLE": "means"})
    .add_local_file(__file__, "/srv/images.py")
)
app = modal.App("example-images", image=image)


@app.function()
def mean(numbers: list[float]) -> float:
    import numpy

    return float(numpy.mean(numbers))


@app.function()
def lines_of_this_file() -> int:
    import os
    import subprocess

    print("title:", os.environ["TITLE"])
    counted = subprocess.run(
        ["jq", "--raw-input", "--slurp", "split(\"\\n\") | length", "/srv/images.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(counted.stdout)


@app.local_entrypoint()
def main():
    print("mean:", mean.remote([1, 2, 6]))
    print("lines:", lines_of_this_file.remote())
