"""Single calls that arrive together run as one batch, as a model on a GPU likes it."""

import asyncio

import modal

app = modal.App("example-batching")


@app.function(max_containers=1)
@modal.batched(max_batch_size=8, wait_ms=200)
async def embed(texts: list[str]) -> list[list[int]]:
    print(f"a batch of {len(texts)}")
    return [[len(text), text.count(" ")] for text in texts]


@app.local_entrypoint()
async def main():
    texts = [f"text number {number}" for number in range(20)]
    vectors = await asyncio.gather(*(embed.remote.aio(text) for text in texts))
    print("vectors:", len(vectors), "first:", vectors[0])
