import type { CallId, InputId } from '@slipway/contracts';
import fc from 'fast-check';
import { containerUsage } from './container-usage.js';
import { UsageMeter, type MeasuredUsage, type ReservedResources } from './usage-meter.js';

const S = 1_000_000_000;
const MIB = 1024 * 1024;
const reserved: ReservedResources = {
  milliCpu: 125,
  memoryBytes: 128 * MIB,
  diskBytes: 0,
  gpus: [{ type: 'H100', count: 2, simulated: true }],
};
const nothingYet = { cpuNs: 0, memoryBytes: 0, diskBytes: 0, egressBytes: 0 };
const inputs = (...pairs: readonly (readonly [InputId, CallId])[]) => new Map(pairs);

describe('the meter of a container', () => {
  test('phases follow what the container was told and asked for', () => {
    const meter = new UsageMeter(reserved, nothingYet);
    meter.activity.becomeReady(2 * S);
    meter.activity.holdInputs(inputs(['in-1', 'fc-1']), 3 * S);
    meter.activity.holdInputs(inputs(), 7 * S);
    meter.activity.beginStop(9 * S);
    const { phases, calls } = meter.cut(10 * S, {});
    expect(phases).toEqual({ startingNs: 2 * S, busyNs: 4 * S, idleNs: 3 * S, stoppingNs: S });
    expect(calls).toEqual([{ callId: 'fc-1', inputs: 1, heldNs: 4 * S }]);
  });

  test('inputs at once are counted each, for their own call', () => {
    const meter = new UsageMeter(reserved, nothingYet);
    meter.activity.holdInputs(inputs(['in-1', 'fc-1'], ['in-2', 'fc-2']), 0);
    meter.activity.holdInputs(inputs(['in-2', 'fc-2'], ['in-3', 'fc-2']), S);
    const first = meter.cut(3 * S, {});
    expect(first.calls).toEqual([
      { callId: 'fc-1', inputs: 1, heldNs: S },
      { callId: 'fc-2', inputs: 2, heldNs: 5 * S },
    ]);
    expect(meter.cut(4 * S, {}).calls).toEqual([{ callId: 'fc-2', inputs: 2, heldNs: 2 * S }]);
  });

  test('memory is the mean of two readings, and never billed below what is reserved', () => {
    const meter = new UsageMeter(reserved, nothingYet);
    meter.sample(S, { memoryBytes: 100 * MIB });
    const { memory } = meter.cut(2 * S, { memoryBytes: 300 * MIB });
    expect(memory).toEqual({
      usedByteSeconds: (50 + 200) * MIB,
      reservedByteSeconds: 2 * 128 * MIB,
      billableByteSeconds: (128 + 200) * MIB,
    });
  });

  test('GPUs are counted by the device', () => {
    const { gpus } = new UsageMeter(reserved, nothingYet).cut(3 * S, {});
    expect(gpus).toEqual([{ type: 'H100', count: 2, deviceNs: 6 * S, simulated: true }]);
  });

  test('a counter that begins anew is not negative usage', () => {
    const meter = new UsageMeter(reserved, { ...nothingYet, egressBytes: 70 });
    meter.sample(S, { cpuNs: 5 * S, egressBytes: 100 });
    const { cpu, egressBytes } = meter.cut(2 * S, { cpuNs: S, egressBytes: 20 });
    expect(cpu.usedNs).toBe(5 * S);
    expect(egressBytes).toBe(30);
  });

  test('what cannot be read any more keeps its last value', () => {
    const meter = new UsageMeter(reserved, { ...nothingYet, memoryBytes: 200 * MIB });
    meter.sample(S, { cpuNs: 7, memoryBytes: 200 * MIB });
    const { cpu, memory } = meter.cut(2 * S, {});
    expect(cpu.usedNs).toBe(7);
    expect(memory.usedByteSeconds).toBe(400 * MIB);
  });
});

type Step = Readonly<{
  ns: number;
  memoryBytes: number;
  cpuNs: number;
  egressBytes: number;
  cut: boolean;
  held: number;
}>;

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    // A step back of the moment that is handed in counts as no time.
    ns: fc.integer({ min: -1_000_000_000, max: 3_000_000_000 }),
    memoryBytes: fc.nat({ max: 64 * 1024 * MIB }),
    cpuNs: fc.nat({ max: 3_000_000_000 }),
    egressBytes: fc.nat({ max: 1_000_000_000 }),
    cut: fc.boolean(),
    held: fc.nat({ max: 3 }),
  }),
  { maxLength: 60 },
);

/** Runs a container through the steps and answers its cuts, the last one at its end. */
const cutsOf = (history: readonly Step[], cutsWanted: (step: Step) => boolean) => {
  const meter = new UsageMeter(reserved, nothingYet);
  const cuts: MeasuredUsage[] = [];
  let now = 0;
  let latest = 0;
  let cpuNs = 0;
  let egressBytes = 0;
  for (const step of history) {
    now = latest + step.ns;
    latest = Math.max(latest, now);
    cpuNs += step.cpuNs;
    egressBytes += step.egressBytes;
    const reading = { cpuNs, egressBytes, memoryBytes: step.memoryBytes, diskBytes: 0 };
    meter.activity.holdInputs(
      new Map(Array.from({ length: step.held }, (_, index) => [`in-${index}`, `fc-${index % 2}`])),
      now,
    );
    if (cutsWanted(step)) cuts.push(meter.cut(now, reading));
    else meter.sample(now, reading);
  }
  cuts.push(meter.cut(latest, { cpuNs, egressBytes }));
  return { cuts, ranNs: latest, cpuNs, egressBytes };
};

const sum = (cuts: readonly MeasuredUsage[], of: (cut: MeasuredUsage) => number): number =>
  cuts.reduce((total, cut) => total + of(cut), 0);

describe('cuts, whenever they are made', () => {
  test('add up to the run: its time, its CPU time, its bytes', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { cuts, ranNs, cpuNs, egressBytes } = cutsOf(history, ({ cut }) => cut);
        expect(sum(cuts, (cut) => cut.durationNs)).toBe(ranNs);
        expect(sum(cuts, (cut) => cut.cpu.usedNs)).toBe(cpuNs);
        expect(sum(cuts, (cut) => cut.cpu.reservedNs)).toBe(Math.floor((125 * ranNs) / 1000));
        expect(sum(cuts, (cut) => cut.egressBytes)).toBe(egressBytes);
        for (const { durationNs, phases, memory } of cuts) {
          expect(Object.values(phases).reduce((a, b) => a + b, 0)).toBe(durationNs);
          expect(memory.billableByteSeconds + 1).toBeGreaterThanOrEqual(
            Math.max(memory.usedByteSeconds, memory.reservedByteSeconds),
          );
        }
      }),
    );
  });

  test('add up to the same as one cut at the end', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { cuts } = cutsOf(history, ({ cut }) => cut);
        const { cuts: whole } = cutsOf(history, () => false);
        for (const of of [
          (cut: MeasuredUsage) => cut.memory.usedByteSeconds,
          (cut: MeasuredUsage) => cut.memory.billableByteSeconds,
          (cut: MeasuredUsage) =>
            sum([cut], ({ calls }) => calls.reduce((total, { heldNs }) => total + heldNs, 0)),
        ])
          expect(sum(cuts, of)).toBe(sum(whole, of));
      }),
    );
  });

  test('lie side by side on the clock, whatever the fractions of milliseconds', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { cuts } = cutsOf(history, ({ cut }) => cut);
        cuts.forEach((cut, sequence) => {
          const next = cuts[sequence + 1];
          if (next === undefined) return;
          expect(next.startedNs).toBe(cut.startedNs + cut.durationNs);
        });
      }),
    );
  });
});

test('a fact is stamped by the first look at the clock and the time since', () => {
  const task = { taskId: 'ta-1', workspaceId: 'ws-1', environment: 'main', functionTag: 'f' };
  const measured = new UsageMeter(reserved, nothingYet);
  measured.cut(1_999_999, {});
  const fact = containerUsage(task as never, { workerId: 'worker-1' }, measured.cut(5 * S, {}), {
    sequence: 1,
    startedAtMs: 1_000,
    end: 'idle',
  });
  expect(fact).toMatchObject({ sequence: 1, fromMs: 1_001, end: 'idle', preemptible: true, tags: {} });
});
