import fc from 'fast-check';
import { cgroupResources } from './cgroup-resources.js';
import { containerLimits } from './container-limits.js';
import type { HostMachine } from './host-machine.js';

const host: HostMachine = {
  milliCpu: 8000,
  memoryMiB: 16_384,
  cgroups: 'v1',
  swapLimit: 'supported',
  openFilesLimit: 1024,
};
const asked = { milliCpu: 125, memoryMiB: 128, gpus: [] };

describe('limits of a container', () => {
  test('a limit that was asked for is the limit', () => {
    expect(containerLimits({ ...asked, memoryLimitMiB: 256 }, host).memoryLimitMiB).toBe(256);
    expect(containerLimits({ ...asked, milliCpuLimit: 2000 }, host).milliCpuLimit).toBe(2000);
    expect(containerLimits({ ...asked, ephemeralDiskMiB: 700 }, host).diskMiB).toBe(700);
  });

  test('without a memory limit a container may use half of the machine', () => {
    expect(containerLimits(asked, host).memoryLimitMiB).toBe(8192);
  });

  test('a container that asks for more than half of the machine gets what it asks for', () => {
    expect(containerLimits({ ...asked, memoryMiB: 12_000 }, host).memoryLimitMiB).toBe(12_000);
  });

  test('shares stay within what the kernel takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (milliCpu) => {
        const { cpuShares } = containerLimits({ ...asked, milliCpu }, host);
        return cpuShares >= 2 && cpuShares <= 262_144;
      }),
    );
  });
});

describe('cgroup resources', () => {
  const limits = containerLimits({ ...asked, milliCpuLimit: 500, memoryLimitMiB: 100 }, host);

  test('half a CPU is half of each period', () => {
    const { cpu } = cgroupResources(limits, host);
    expect(cpu.quota! / cpu.period!).toBe(0.5);
  });

  test('memory and swap together are the memory limit', () => {
    expect(cgroupResources(limits, host).memory).toEqual({ limit: 104_857_600, swap: 104_857_600 });
  });

  test('swap is left out where the kernel does not account for it', () => {
    expect(cgroupResources(limits, { ...host, swapLimit: 'unsupported' }).memory).toEqual({
      limit: 104_857_600,
    });
  });

  test('no device may be opened unless it is named', () => {
    expect(cgroupResources(limits, host).devices[0]).toEqual({ allow: false, access: 'rwm' });
  });
});
