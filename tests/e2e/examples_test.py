"""Every file of examples/ does what it says."""

import re

import pytest

from harness.client_program import examples, modal_run

SAYS = {
    "hello.py": [r"^remotely: +49$", r"^fanned out: 2470$"],
    "classes.py": [r"^en: hello is known$", r"^fr: monde is known$", r"^fr: xyzzy is not known$"],
    "generators.py": [r"^prime: 2$", r"^prime: 47$"],
    "retries.py": [r"^40 pages fetched, 0 given up$"],
    "images.py": [r"^mean: 3\.0$", r"^lines: \d+$", r"^title: means$"],
    "nested_calls.py": [r"^words: 10$"],
    "volumes.py": [r"^lines: 45$", r"^files: 10$"],
    "shared_state.py": [r"^greeted: 4$", r"^hello ada$"],
    "batching.py": [r"^a batch of 8$", r"^vectors: 20 first: \[13, 2\]$"],
}


@pytest.mark.parametrize("example", sorted(path.name for path in examples.glob("*.py")))
def test_the_example_runs(example: str):
    done = modal_run(examples / example)
    assert done.code == 0, done.output
    for pattern in SAYS[example]:
        assert re.search(pattern, done.output, re.M), f"no {pattern} in:\n{done.output}"
