"""Functions that compute on GPUs, and one that has none."""

import os
import subprocess

import modal

import cuda_by_hand

app = modal.App("on-gpu", image=modal.Image.debian_slim().add_local_python_source("cuda_by_hand"))


def look() -> dict:
    try:
        listed = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True).stdout
    except FileNotFoundError:
        listed = ""
    return {**cuda_by_hand.compute(), "listed": listed, "container": os.environ["MODAL_TASK_ID"]}


@app.function(gpu="any")
def on_one() -> dict:
    return look()


@app.function()
def on_none() -> dict:
    return look()
