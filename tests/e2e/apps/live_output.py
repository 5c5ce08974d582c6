"""Speaks, waits for a word from outside, and speaks again."""

import asyncio
import sys

import modal

app = modal.App("live-output")


@app.cls(scaledown_window=5, max_containers=1)
@modal.concurrent(max_inputs=4)
class Speaker:
    @modal.enter()
    def prepare(self):
        self.word = asyncio.Event()

    @modal.method()
    async def speak(self):
        print("speaking first", flush=True)
        print("complaining first", file=sys.stderr, flush=True)
        await self.word.wait()
        print("speaking last", flush=True)

    @modal.method()
    async def release(self):
        self.word.set()


@app.local_entrypoint()
def main():
    speaker = Speaker()
    speech = speaker.speak.spawn()
    input()
    speaker.release.remote()
    speech.get()
