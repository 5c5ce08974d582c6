import { setImmediate as breathe } from 'node:timers/promises';
import type { ExitReason, GpuDevice, TaskAssignment } from '@slipway/contracts';
import type { UsagePlace } from '@slipway/worker-core';
import { ContainerMeter } from './container-meter.js';
import type { UsageSpool } from './usage-spool.js';

const SAMPLE_EVERY_MS = 1_000;
/** Containers that are read in one go, before others get a turn on this thread. */
const READ_AT_ONCE = 16;

export type UsageMetersOptions = Readonly<{
  place: UsagePlace;
  devices: readonly GpuDevice[];
  /** A container's facts are no longer than this apart: what a lost worker costs at most. */
  intervalMs: number;
}>;

/** The meters of this worker's containers: all of them sampled each second, and their facts put down at each interval. */
export class UsageMeters {
  private readonly meters = new Set<ContainerMeter>();
  private readonly sampling: NodeJS.Timeout;
  private readonly cutting: NodeJS.Timeout;

  constructor(
    private readonly spool: UsageSpool,
    private readonly options: UsageMetersOptions,
  ) {
    this.sampling = setInterval(() => void this.forAll((meter) => meter.sample()), SAMPLE_EVERY_MS);
    this.cutting = setInterval(() => void this.cut(), options.intervalMs);
  }

  open(task: TaskAssignment): ContainerMeter {
    const meter = new ContainerMeter(task, this.options.place, this.options.devices);
    this.meters.add(meter);
    return meter;
  }

  /** Settles when the container's last fact is durable. */
  async close(meter: ContainerMeter, end: ExitReason): Promise<void> {
    this.meters.delete(meter);
    await this.spool.append(meter.finish(end));
  }

  stop(): void {
    clearInterval(this.sampling);
    clearInterval(this.cutting);
  }

  private cut(): Promise<void> {
    return this.forAll((meter) => void this.spool.append(meter.cut()));
  }

  private async forAll(act: (meter: ContainerMeter) => void): Promise<void> {
    const meters = [...this.meters];
    for (let first = 0; first < meters.length; first += READ_AT_ONCE) {
      for (const meter of meters.slice(first, first + READ_AT_ONCE)) if (this.meters.has(meter)) act(meter);
      await breathe();
    }
  }
}
