"""Maps the deployed no-op over many inputs: seconds, and milliseconds of this process's processor an input."""

import json
import sys
import time

import modal

warm_ups, inputs = int(sys.argv[1]), int(sys.argv[2])
noop = modal.Function.from_name("slipway-bench-noop", "noop")
assert list(noop.map(range(warm_ups))) == list(range(warm_ups))
used = time.process_time()
began = time.perf_counter()
results = list(noop.map(range(inputs)))
seconds = time.perf_counter() - began
used = time.process_time() - used
assert results == list(range(inputs))
print(json.dumps({"seconds": seconds, "clientCpuMs": used * 1000 / inputs}))
