"""Ray's no-op task on this machine: sequential calls, then many at once."""

import json
import sys
import time

import ray

warm_ups, calls, inputs = (int(word) for word in sys.argv[1:4])
ray.init(include_dashboard=False, configure_logging=True, log_to_driver=False, logging_level="ERROR")


@ray.remote
def noop(value):
    return value


ray.get([noop.remote(number) for number in range(warm_ups)])
samples = []
for number in range(calls):
    began = time.perf_counter()
    ray.get(noop.remote(number))
    samples.append((time.perf_counter() - began) * 1000)
seconds = None
if inputs:
    began = time.perf_counter()
    results = ray.get([noop.remote(number) for number in range(inputs)])
    seconds = time.perf_counter() - began
    assert results == list(range(inputs))
ray.shutdown()
print(json.dumps({"samplesMs": samples, "seconds": seconds}))
