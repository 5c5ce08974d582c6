import type { ContainerUsage } from '@slipway/contracts';
import { Chance } from '../../../tests/simulation/chance.ts';

/** A month that is over whenever this runs: `2026-10`. */
export const MONTH = '2026-10';
const START_MS = Date.UTC(2026, 9, 1);
const END_MS = Date.UTC(2026, 10, 1);
export const WHOLE_MONTH = { from: START_MS, to: END_MS };
const PERIOD_MS = 10_000;
const NS_PER_MS = 1_000_000;
const GIB = 1024 ** 3;
const MEAN_FACTS = 30;
const MOST_FACTS = 2_000;
/** The last containers' facts still lie in the month. */
const LAST_START_MS = END_MS - (MOST_FACTS + 1) * PERIOD_MS;

export type UsageMonth = Readonly<{ facts: number; workspaces: number; seed: number }>;

type Function = Pick<
  ContainerUsage,
  | 'workspaceId'
  | 'environment'
  | 'appId'
  | 'appName'
  | 'functionId'
  | 'functionTag'
  | 'purpose'
  | 'region'
  | 'tags'
  | 'preemptible'
> &
  Readonly<{ milliCores: number; memoryGiB: number; gpu: string | undefined }>;

type Running = { of: Function; containerId: string; facts: number; sequence: number; dueMs: number };

/**
 * As many facts as asked for, of containers that come and go through a month, in the order of time. Each container is of one
 * function of one workspace, works off calls, and lasts for five minutes on average. The same seed gives the same month.
 */
export function* usageMonth({ facts, workspaces, seed }: UsageMonth): Generator<ContainerUsage> {
  const chance = new Chance(seed);
  const functions = Array.from({ length: workspaces }, (_, index) => functionsOf(index, chance)).flat();
  const gapMs = ((LAST_START_MS - START_MS) * MEAN_FACTS) / facts;
  let queue: Running[] = [];
  let head = 0;
  let nextStartMs = START_MS;
  let containers = 0;
  for (let made = 0; made < facts; made += 1) {
    const front = queue[head];
    let running: Running;
    if (front !== undefined && front.dueMs <= nextStartMs + PERIOD_MS) {
      running = front;
      head += 1;
      if (head === 10_000) {
        queue = queue.slice(head);
        head = 0;
      }
    } else {
      containers += 1;
      running = {
        of: chance.pick(functions),
        containerId: `ta-${seed}-${containers}`,
        facts: Math.min(MOST_FACTS, 1 + Math.floor(exponential(chance) * MEAN_FACTS)),
        sequence: 0,
        dueMs: Math.floor(nextStartMs) + PERIOD_MS,
      };
      nextStartMs = Math.min(LAST_START_MS, nextStartMs + exponential(chance) * gapMs);
    }
    yield factOf(running, chance);
    running.sequence += 1;
    running.dueMs += PERIOD_MS;
    if (running.sequence < running.facts) queue.push(running);
  }
}

/** As a network brings them: one in a hundred late by up to some thousand others, one in two hundred twice. */
export function* asDelivered(facts: Iterable<ContainerUsage>, seed: number): Generator<ContainerUsage> {
  const chance = new Chance(seed + 1);
  const later = new Map<number, ContainerUsage[]>();
  let count = 0;
  const postpone = (fact: ContainerUsage): void => {
    const due = count + chance.between(1, 5_000);
    const others = later.get(due);
    if (others === undefined) later.set(due, [fact]);
    else others.push(fact);
  };
  for (const fact of facts) {
    count += 1;
    if (chance.happens(0.01)) postpone(fact);
    else {
      yield fact;
      if (chance.happens(0.005)) postpone(fact);
    }
    yield* later.get(count) ?? [];
    later.delete(count);
  }
  for (const rest of later.values()) yield* rest;
}

const exponential = (chance: Chance): number => -Math.log(1 - chance.next());

const functionsOf = (index: number, chance: Chance): readonly Function[] => {
  const workspaceId = `ws-${index}`;
  const team = chance.pick(['search', 'sales', 'research', 'vision']);
  const environment = chance.pick(['main', 'main', 'staging']);
  return Array.from({ length: chance.between(1, 4) }, (_, number): Function => {
    const gpu = chance.happens(0.2) ? chance.pick(['T4', 'L4', 'A100-80GB', 'H100']) : undefined;
    return {
      workspaceId,
      environment,
      appId: `ap-${index}`,
      appName: `app ${index}`,
      functionId: `fu-${index}-${number}`,
      functionTag: `step_${number}`,
      purpose: 'serve',
      region: chance.pick(['eu-north', 'us-east']),
      tags: { team },
      preemptible: chance.happens(0.9),
      milliCores: chance.pick([125, 500, 1_000, 2_000, 4_000]),
      memoryGiB: chance.pick([0.125, 0.5, 2, 8]),
      gpu,
    };
  });
};

const factOf = ({ of, containerId, facts, sequence, dueMs }: Running, chance: Chance): ContainerUsage => {
  const { milliCores, memoryGiB, gpu, ...owner } = of;
  const isEnd = sequence === facts - 1;
  const durationMs = isEnd ? chance.between(100, PERIOD_MS) : PERIOD_MS;
  const durationNs = durationMs * NS_PER_MS;
  const startingNs = sequence === 0 ? chance.between(0, durationMs) * NS_PER_MS : 0;
  const busyNs = sequence % 5 === 4 ? 0 : durationNs - startingNs;
  const reservedNs = milliCores * durationMs * 1_000;
  const writtenByteSeconds = chance.between(0, GIB);
  const reservedBytes = Math.floor((memoryGiB * GIB * durationMs) / 1_000);
  return {
    kind: 'container',
    containerId,
    sequence,
    workerId: 'wo-1',
    ...owner,
    fromMs: dueMs - PERIOD_MS,
    durationNs,
    phases: { startingNs, busyNs, idleNs: durationNs - startingNs - busyNs, stoppingNs: 0 },
    calls:
      busyNs > 0
        ? [{ callId: `fc-${containerId}-${Math.floor(sequence / 3)}`, inputs: 1, heldNs: busyNs }]
        : [],
    cpu: { usedNs: Math.floor(chance.next() * 2 * reservedNs), reservedNs },
    memory: {
      usedByteSeconds: Math.floor(chance.next() * reservedBytes),
      reservedByteSeconds: reservedBytes,
      billableByteSeconds: reservedBytes,
    },
    disk: {
      usedByteSeconds: writtenByteSeconds,
      reservedByteSeconds: 0,
      billableByteSeconds: writtenByteSeconds,
    },
    gpus: gpu === undefined ? [] : [{ type: gpu, count: 1, deviceNs: durationNs, simulated: true }],
    egressBytes: chance.between(0, 100_000),
    ...(isEnd ? { end: 'idle' as const } : {}),
  };
};
