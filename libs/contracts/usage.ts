import type { AppId, CallId, FunctionId, TaskId, VolumeId, WorkerId, WorkspaceId } from './ids.js';
import type { ExitReason } from './exit-reason.js';

/**
 * What was used of something in a stretch of time, measured once: the contract between who measures (workers for
 * containers, billing for volumes) and who prices. It says no price and nothing of money. A fact is never changed: it is
 * known by its source and its sequence, and the same fact may come more than once and in any order.
 *
 * All quantities are non-negative safe integers. Where a measure has a fraction, the rest is carried into the next fact of
 * the source, so that sums are exact to one unit.
 */
export type UsageFact = ContainerUsage | VolumeUsage;

type UsageInPeriod = Readonly<{
  /** 0, 1, 2 … for each source, without a gap: one that is missing was lost or is on its way. */
  sequence: number;
  workspaceId: WorkspaceId;
  environment: string;
  /** UTC, milliseconds. The period is [fromMs, fromMs + durationNs); a fact belongs to the hour, day and month in which it begins. */
  fromMs: number;
  /**
   * By a clock that never steps. The periods of one source follow one another without a gap or an overlap: their stamps are
   * the source's first one and the durations since, so a step of the host's clock changes none of them.
   */
  durationNs: number;
}>;

/**
 * One container from when its program was started to its last process's end: not the time in which its image was fetched, nor
 * that in which its volumes were committed.
 */
export type ContainerUsage = UsageInPeriod &
  Readonly<{
    kind: 'container';
    containerId: TaskId;
    /** Only on the last fact of a container: why it ended. */
    end?: ExitReason;
    workerId: WorkerId;
    appId: AppId;
    /** What the app is called: its name where it is deployed, else its description. */
    appName: string;
    /** The function as it stands in the code; a variant with its own parameters or options counts for it. */
    functionId: FunctionId;
    functionTag: string;
    purpose: 'serve' | 'build' | 'sandbox';
    /** Where the worker stands, and whose machine it is, where its operator says so. */
    region?: string;
    vendor?: string;
    /** The tags of the app when the container was assigned. */
    tags: Readonly<Record<string, string>>;
    /** Whether the platform may end it to make room; otherwise it was asked to be left alone, which may cost more. */
    preemptible: boolean;
    /** What the container was doing; together exactly `durationNs`. */
    phases: ContainerPhases;
    /**
     * For whom it was busy: how long inputs of each call were in its hands, those at once each counted. The first 100 calls of
     * the period; empty where no call can be named (start, idle, web requests).
     */
    calls: readonly CallShare[];
    /** Core-nanoseconds. What is billed is the larger of the two, of each fact. */
    cpu: Readonly<{ usedNs: number; reservedNs: number }>;
    memory: MeteredBytes;
    /** What it wrote to its own disk; `reserved` is 0 unless a size was asked for. */
    disk: MeteredBytes;
    /** `deviceNs` is the sum over the devices. A `simulated` one exists on paper only. */
    gpus: readonly Readonly<{ type: string; count: number; deviceNs: number; simulated: boolean }>[];
    /** All that left by the container's own network interface, headers of frames included. */
    egressBytes: number;
  }>;

export type ContainerPhases = Readonly<{
  /** Until its program asked for work, or could take it. */
  startingNs: number;
  /** At least one input or web request was in its hands. */
  busyNs: number;
  idleNs: number;
  /** From when it was told to end. */
  stoppingNs: number;
}>;

export type CallShare = Readonly<{ callId: CallId; inputs: number; heldNs: number }>;

/**
 * Byte-seconds. `billable` is what is billed: the larger of reserved and used at every sample (each second), summed; at least
 * the larger of the sums.
 */
export type MeteredBytes = Readonly<{
  usedByteSeconds: number;
  reservedByteSeconds: number;
  billableByteSeconds: number;
}>;

/** What a volume held in one hour. Its sequence is the number of the hour since 1970 less that of the volume's first hour. */
export type VolumeUsage = UsageInPeriod &
  Readonly<{
    kind: 'volume';
    volumeId: VolumeId;
    /** Left out for one without a name. */
    volumeName?: string;
    /** As it stood when the hour was measured; times `durationNs` is what is billed. */
    storedBytes: number;
  }>;

/** What a fact is about: the container or the volume. With its sequence the whole name of a fact. */
export const usageSourceOf = (fact: UsageFact): string =>
  fact.kind === 'container' ? fact.containerId : fact.volumeId;

/** Why a fact was not taken. It is kept, as it came, on the list of anomalies. */
export type RefusedUsage = Readonly<{ index: number; code: UsageAnomalyCode; message: string }>;

/** What an operator should look at. */
export type UsageAnomalyCode =
  /** Not what a usage fact looks like: the message names the field, its value and what would be right. */
  | 'malformed-usage'
  | 'negative-usage'
  /** A thing is measured of which billing knows nothing. */
  | 'unknown-kind'
  /** The period lies further ahead than clocks differ. */
  | 'usage-in-the-future'
  /** A fact came again under the same name and says something else. The first is what counts. */
  | 'contradicting-usage'
  /** The source was said to be another workspace's, app's or function's before. */
  | 'changed-owner'
  /** A fact follows the one that said that it was the last, or lies over another in time. */
  | 'overlapping-usage'
  /** Sequence numbers are missing. */
  | 'sequence-gap'
  /** Nothing has come for long, and no fact said that it was the last. */
  | 'container-without-end';

export type UsageAnomaly = Readonly<{
  anomalyId: string;
  code: UsageAnomalyCode;
  message: string;
  seenAtMs: number;
  source?: string;
  sequence?: number;
  workspaceId?: WorkspaceId;
  /** The fact as it came, where one was refused. */
  fact?: unknown;
}>;
