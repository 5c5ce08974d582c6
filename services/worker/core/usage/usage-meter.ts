import type { ContainerUsage } from '@slipway/contracts';
import { ActivityClock } from './activity-clock.js';
import { ByteSeconds } from './byte-seconds.js';
import { RisingCounter } from './rising-counter.js';

/** What the kernel says of a container at one moment; a part that could not be read is left out. */
export type UsageReading = Readonly<{
  /** Since its control group was made. */
  cpuNs?: number;
  memoryBytes?: number;
  diskBytes?: number;
  /** Since its network interface was made. */
  egressBytes?: number;
}>;

/** What a container may have whether it uses it or not. */
export type ReservedResources = Readonly<{
  milliCpu: number;
  memoryBytes: number;
  diskBytes: number;
  gpus: readonly Readonly<{ type: string; count: number; simulated: boolean }>[];
}>;

/** The measured part of a usage fact, and where its period begins on the container's own clock. */
export type MeasuredUsage = Readonly<{ startedNs: number }> &
  Pick<
    ContainerUsage,
    'durationNs' | 'phases' | 'calls' | 'cpu' | 'memory' | 'disk' | 'gpus' | 'egressBytes'
  >;

/**
 * One container's meter. Time is handed in: nanoseconds since its program was started, by a clock that never steps; a moment
 * before the last one counts as the last one. However often it is cut, the cuts add up to the same.
 */
export class UsageMeter {
  readonly activity = new ActivityClock();
  private atNs = 0;
  private cutAtNs = 0;
  private readonly cpu = new RisingCounter(0);
  private readonly egress: RisingCounter;
  private readonly memory: ByteSeconds;
  private readonly disk: ByteSeconds;

  /** `first` is read when the program is started. Its control group is new: all CPU time in it is the container's. */
  constructor(
    private readonly reserved: ReservedResources,
    first: UsageReading,
  ) {
    this.egress = new RisingCounter(first.egressBytes ?? 0);
    this.memory = new ByteSeconds(reserved.memoryBytes, first.memoryBytes ?? 0);
    this.disk = new ByteSeconds(reserved.diskBytes, first.diskBytes ?? 0);
  }

  sample(atNs: number, reading: UsageReading): void {
    const spentNs = Math.max(0, atNs - this.atNs);
    this.atNs += spentNs;
    this.memory.add(spentNs, reading.memoryBytes);
    this.disk.add(spentNs, reading.diskBytes);
    this.cpu.read(reading.cpuNs);
    this.egress.read(reading.egressBytes);
  }

  /** What was used since the last cut. */
  cut(atNs: number, reading: UsageReading): MeasuredUsage {
    this.sample(atNs, reading);
    const startedNs = this.cutAtNs;
    const durationNs = this.atNs - startedNs;
    const reservedNs = this.reservedCpuNs(this.atNs) - this.reservedCpuNs(startedNs);
    this.cutAtNs = this.atNs;
    return {
      startedNs,
      durationNs,
      ...this.activity.cut(this.atNs),
      cpu: { usedNs: this.cpu.cut(), reservedNs },
      memory: this.memory.cut(),
      disk: this.disk.cut(),
      gpus: this.reserved.gpus.map((gpu) => ({ ...gpu, deviceNs: gpu.count * durationNs })),
      egressBytes: this.egress.cut(),
    };
  }

  private reservedCpuNs(untilNs: number): number {
    return Number((BigInt(this.reserved.milliCpu) * BigInt(untilNs)) / 1000n);
  }
}
