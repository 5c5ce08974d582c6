import type { CallId, ContainerUsage, ExitReason, InputId, TaskAssignment } from '@slipway/contracts';
import {
  containerUsage,
  reservedResources,
  UsageMeter,
  type MeasuredUsage,
  type UsagePlace,
} from '@slipway/worker-core';
import type { GpuDevice } from '@slipway/contracts';
import { readUsage, type UsageSources } from './read-usage.js';

/** Measures one container from when its program is started; before that, what is told to it is forgotten. */
export class ContainerMeter {
  private meter: UsageMeter | undefined;
  private sources: UsageSources | undefined;
  private emptyDiskBytes = 0;
  private startedAtMs = 0;
  private startedAt = 0n;
  private sequence = 0;
  private last: MeasuredUsage | undefined;

  constructor(
    private readonly task: TaskAssignment,
    private readonly place: UsagePlace,
    private readonly devices: readonly GpuDevice[],
  ) {}

  start(sources: UsageSources): void {
    this.sources = sources;
    this.emptyDiskBytes = readUsage(sources).diskBytes ?? 0;
    this.startedAtMs = Date.now();
    this.startedAt = process.hrtime.bigint();
    this.meter = new UsageMeter(reservedResources(this.task, this.devices), this.read());
  }

  becomeReady(): void {
    this.meter?.activity.becomeReady(this.nowNs());
  }

  beginStop(): void {
    this.meter?.activity.beginStop(this.nowNs());
  }

  holdInputs(inputs: ReadonlyMap<InputId, CallId>): void {
    this.meter?.activity.holdInputs(inputs, this.nowNs());
  }

  holdWebRequests(count: number): void {
    this.meter?.activity.holdWebRequests(count, this.nowNs());
  }

  sample(): void {
    if (this.last === undefined) this.meter?.sample(this.nowNs(), this.read());
  }

  /** The next fact; none before the start and after the stop. */
  cut(): readonly ContainerUsage[] {
    if (this.meter === undefined || this.last !== undefined) return [];
    return [this.factOf(this.meter.cut(this.nowNs(), this.read()))];
  }

  /** The program has ended: what comes later is no longer the container's time. */
  stop(): void {
    this.last ??= this.meter?.cut(this.nowNs(), this.read());
  }

  /** The last fact of a container that was started, with why it ended. */
  finish(end: ExitReason): readonly ContainerUsage[] {
    this.stop();
    return this.last === undefined ? [] : [this.factOf(this.last, end)];
  }

  private factOf(measured: MeasuredUsage, end?: ExitReason): ContainerUsage {
    const { startedAtMs } = this;
    const sequence = this.sequence;
    this.sequence += 1;
    return containerUsage(this.task, this.place, measured, {
      sequence,
      startedAtMs,
      ...(end !== undefined && { end }),
    });
  }

  private read() {
    if (this.sources === undefined) return {};
    const { diskBytes, ...reading } = readUsage(this.sources);
    if (diskBytes === undefined) return reading;
    return { ...reading, diskBytes: Math.max(0, diskBytes - this.emptyDiskBytes) };
  }

  private nowNs(): number {
    return Number(process.hrtime.bigint() - this.startedAt);
  }
}
