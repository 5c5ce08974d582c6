"""A map over many inputs, some of which fail now and then: each is tried again by itself, with a growing pause."""

import random

import modal

app = modal.App("example-retries")


@app.function(retries=modal.Retries(max_retries=5, initial_delay=0.2, backoff_coefficient=2.0), max_containers=4)
def fetch(page: int) -> int:
    if random.random() < 0.2:
        raise ConnectionError(f"page {page} did not answer")
    return len(f"contents of page {page}")


@app.local_entrypoint()
def main(pages: int = 40):
    sizes = list(fetch.map(range(pages), return_exceptions=True))
    failed = [size for size in sizes if isinstance(size, Exception)]
    print(f"{len(sizes) - len(failed)} pages fetched, {len(failed)} given up")
