"""Calls the deployed no-op one after the other: milliseconds of each call, and of this process's processor a call."""

import json
import sys
import time

import modal

warm_ups, calls = int(sys.argv[1]), int(sys.argv[2])
noop = modal.Function.from_name("slipway-bench-noop", "noop")
for number in range(warm_ups):
    assert noop.remote(number) == number
samples = []
used = time.process_time()
for number in range(calls):
    began = time.perf_counter()
    noop.remote(number)
    samples.append((time.perf_counter() - began) * 1000)
used = time.process_time() - used
print(json.dumps({"samplesMs": samples, "clientCpuMs": used * 1000 / calls}))
