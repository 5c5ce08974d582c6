"""Computes on every GPU that this process sees, with nothing but the driver: no toolkit, no framework. Prints JSON."""

import ctypes
import json
from pathlib import Path

# Assembled by the driver for the GPU that is there: each number becomes twice itself and one.
KERNEL = b"""
.version 7.0
.target sm_75
.address_size 64

.visible .entry double_and_add_one(.param .u64 numbers)
{
    .reg .b32 %r<6>;
    .reg .b64 %rd<5>;
    ld.param.u64 %rd1, [numbers];
    cvta.to.global.u64 %rd2, %rd1;
    mov.u32 %r1, %ctaid.x;
    mov.u32 %r2, %ntid.x;
    mov.u32 %r3, %tid.x;
    mad.lo.s32 %r4, %r1, %r2, %r3;
    mul.wide.s32 %rd3, %r4, 4;
    add.s64 %rd4, %rd2, %rd3;
    ld.global.u32 %r5, [%rd4];
    mad.lo.s32 %r5, %r5, 2, 1;
    st.global.u32 [%rd4], %r5;
    ret;
}
"""
BLOCKS, THREADS = 4096, 256
COUNT = BLOCKS * THREADS


class CudaError(Exception):
    pass


def call(name: str, *arguments) -> None:
    driver = ctypes.CDLL("libcuda.so.1")
    code = getattr(driver, name)(*arguments)
    if code != 0:
        text = ctypes.c_char_p()
        driver.cuGetErrorName(code, ctypes.byref(text))
        raise CudaError(f"{name} answered {code} ({(text.value or b'?').decode()})")


def compute_on(index: int) -> dict:
    device, context, module, function = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
    at, name, total = ctypes.c_uint64(), ctypes.create_string_buffer(100), ctypes.c_size_t()
    call("cuDeviceGet", ctypes.byref(device), index)
    call("cuDeviceGetName", name, len(name), device)
    call("cuDeviceTotalMem_v2", ctypes.byref(total), device)
    call("cuDevicePrimaryCtxRetain", ctypes.byref(context), device)
    call("cuCtxSetCurrent", context)
    call("cuModuleLoadData", ctypes.byref(module), KERNEL)
    call("cuModuleGetFunction", ctypes.byref(function), module, b"double_and_add_one")
    numbers = (ctypes.c_int32 * COUNT)(*range(COUNT))
    call("cuMemAlloc_v2", ctypes.byref(at), ctypes.c_size_t(ctypes.sizeof(numbers)))
    call("cuMemcpyHtoD_v2", at, numbers, ctypes.c_size_t(ctypes.sizeof(numbers)))
    parameters = (ctypes.c_void_p * 1)(ctypes.addressof(at))
    call("cuLaunchKernel", function, BLOCKS, 1, 1, THREADS, 1, 1, 0, None, parameters, None)
    call("cuCtxSynchronize")
    call("cuMemcpyDtoH_v2", numbers, at, ctypes.c_size_t(ctypes.sizeof(numbers)))
    call("cuMemFree_v2", at)
    right = sum(number == 2 * place + 1 for place, number in enumerate(numbers))
    return {"name": name.value.decode(), "memoryMiB": total.value >> 20, "right": right, "of": COUNT}


def compute() -> dict:
    """What is seen and computed; without a driver, or with no GPU, an empty list and why."""
    nodes = sorted(node.name for node in Path("/dev").glob("nvidia*"))
    try:
        call("cuInit", 0)
        count = ctypes.c_int()
        call("cuDeviceGetCount", ctypes.byref(count))
        return {"nodes": nodes, "gpus": [compute_on(index) for index in range(count.value)]}
    except (OSError, CudaError) as error:
        return {"nodes": nodes, "gpus": [], "why": str(error)}


if __name__ == "__main__":
    print(json.dumps(compute()))
