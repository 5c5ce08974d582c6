import { faultText } from '../../catalogue/row.js';
import { readTrace } from './read-trace.js';

const now = Date.UTC(2026, 10, 1);
const read = (...rows: readonly (object | string)[]) =>
  readTrace(
    'a.jsonl',
    rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
    now,
  );
const faultsOf = (...rows: readonly (object | string)[]) => read(...rows).faults.map(faultText);

describe('a trace', () => {
  test('has jobs, which are demand while they run; those that want the same are one group', () => {
    const job = { type: 'job', duration_s: 60, gpus: 2, gpu_types: ['H100-SXM'], vcpus: 7.9, memory_gib: 60 };
    const { trace, faults } = read('# jobs', { ...job, at: 10 }, { ...job, at: 20, vcpus: 8 }, '');
    expect(faults).toEqual([]);
    expect(trace.groups.map(({ shape }) => shape)).toMatchObject([
      {
        gpuTypes: ['H100'],
        gpusPerContainer: 2,
        milliCpu: 8_000,
        latencyClass: 'batch',
        spotTolerated: true,
      },
    ]);
    expect(trace.demand.map(({ at, containers }) => [at, containers])).toEqual([
      [10_000, 1],
      [20_000, 1],
      [70_000, -1],
      [80_000, -1],
    ]);
    expect(trace.span.lastAt).toBe(20_000);
  });

  test('has levels, each of which holds until the next one, in any order', () => {
    const level = { type: 'demand', group: 'g' };
    const { trace, faults } = read(
      {
        type: 'group',
        group: 'g',
        gpus: 1,
        gpu_types: 'any',
        vcpus: 4,
        memory_gib: 16,
        class: 'interactive',
      },
      { ...level, at: '2026-09-07T01:00:00Z', containers: 2 },
      { ...level, at: '2026-09-07T00:00:00Z', containers: 5.5 },
    );
    expect(faults).toEqual([]);
    expect(trace.demand.map(({ containers }) => containers)).toEqual([5.5, -3.5]);
  });

  test('a demand key needs no group row: it says all', () => {
    const group = 'gpu:H100x8 cpu:96000 mem:786432 region:us class:batch';
    const { trace } = read({ type: 'demand', at: 0, group, containers: 1 });
    expect(trace.groups).toMatchObject([{ groupId: group, shape: { regions: ['us'], gpusPerContainer: 8 } }]);
  });

  test('a job that names a group and says nothing of its needs has those of the group', () => {
    const group = { type: 'group', group: 'g', gpus: 1, gpu_types: 'L4', vcpus: 4, floor_containers: 2 };
    const key = 'gpu:H100x8 cpu:96000 mem:786432 region:us class:batch';
    const job = { type: 'job', at: 0, duration_s: 60, group: 'g' };
    const { trace, faults } = read(group, job, { ...job, group: key }, { ...job, group: 'h' });
    expect(faults).toEqual([]);
    expect(trace.groups).toMatchObject([
      { groupId: 'g', floorContainers: 2, shape: { gpuTypes: ['L4'], gpusPerContainer: 1, milliCpu: 4_000 } },
      { groupId: key, shape: { gpuTypes: ['H100'], gpusPerContainer: 8, regions: ['us'] } },
      { groupId: 'h', shape: { gpusPerContainer: 0, milliCpu: 1_000 } },
    ]);
    expect(trace.demand.filter(({ containers }) => containers > 0).map(({ groupId }) => groupId)).toEqual([
      'g',
      key,
      'h',
    ]);
    const repeated = { ...job, gpus: 1, gpu_types: 'L4', vcpus: 4 };
    expect(faultsOf(group, repeated, { ...job, vcpus: 8 })).toEqual([
      expect.stringMatching(/^a.jsonl:3: group is 'g'; it must be a group of jobs that want the same/),
    ]);
  });

  test.each([
    [5, 'interactive'],
    [600, 'batch'],
    [86_400, 'background'],
  ])('who waits %i s at most is %s', (max_wait_s, latencyClass) => {
    const { trace } = read({ type: 'job', at: 0, duration_s: 1, max_wait_s });
    expect(trace.groups[0]!.shape.latencyClass).toBe(latencyClass);
  });

  test('has prices, capacity and preemptions of offers', () => {
    const of = { at: 60, offer: 'aws/us-east-1/-/p5/spot' };
    const { trace, faults } = read(
      { type: 'price', ...of, usd_per_hour: 12.5 },
      { type: 'capacity', ...of, nodes: 3 },
      { type: 'capacity', ...of, nodes_at_least: 4 },
      { type: 'capacity', ...of, nodes: null },
      { type: 'preemption', ...of, taken: 1, held: 3 },
    );
    expect(faults).toEqual([]);
    expect(trace.market.map(({ type }) => type)).toEqual([
      'offer-priced',
      'depth-seen',
      'depth-reached',
      'depth-forgotten',
      'nodes-taken',
    ]);
    expect(trace.market[0]).toMatchObject({ at: 60_000, priceMicroUsdPerNodeHour: 12_500_000 });
  });

  test('has offers as rows of a catalogue, and their mistakes are told as those', () => {
    const offer = {
      ...{ type: 'offer', vendor: 'aws', region: 'us-east-1', geo: 'us', instance_type: 'p5.48xlarge' },
      ...{ gpu: 'H100', gpu_count: 8, vcpus: 192, memory_gib: 2048, on_demand_usd: 55.04, lead_s: 200 },
      ...{ source: 'a page', priced_on: '2026-09-01' },
    };
    const { trace, faults } = read(offer);
    expect(faults).toEqual([]);
    expect(trace.offers[0]!.offer).toMatchObject({
      offerId: 'aws/us-east-1/-/p5.48xlarge/on-demand',
      billing: { priceMicroUsdPerNodeHour: 55_040_000 },
    });
    expect(faultsOf({ ...offer, gpu_count: 99 })[0]).toMatch(/a.jsonl:1: gpu_count is '99'/);
  });
});

describe('a row that is wrong is named and left out', () => {
  test.each([
    ['no JSON', 'a JSON object on one line'],
    [{ type: 'jobs' }, "type is 'jobs'; it must be one of period, group, demand, job"],
    [{ type: 'job', at: 'noon', duration_s: 1 }, "at is 'noon'; it must be a moment with its zone"],
    [{ type: 'job', at: '2026-09-07T12:00', duration_s: 1 }, "at is '2026-09-07T12:00'; it must be a moment"],
    [{ type: 'job', at: 1_700_000_000_000, duration_s: 1 }, 'or a number of seconds'],
    [{ type: 'job', at: 0 }, "duration_s is ''; it must be given: a number from 0"],
    [
      { type: 'job', at: 0, duration_s: 1, gpus: 0.5 },
      "gpus is '0.5'; it must be a whole number from 0 to 16",
    ],
    [{ type: 'job', at: 0, duration_s: 1, gpus: 1 }, 'gpu_types'],
    [{ type: 'job', at: 0, duration_s: 1, gpus: 1, gpu_types: ['H1000'] }, 'known GPUs (H100'],
    [
      { type: 'job', at: 0, duration_s: 1, gpu_type: 'H100' },
      "gpu_type is 'H100'; it must be left out; this row may say",
    ],
    [
      { type: 'demand', at: 0, group: 'unheard of', containers: 1 },
      'the name of a group row above, or a demand key',
    ],
    [{ type: 'capacity', at: 0, offer: 'a' }, 'nodes_at_least'],
    [{ type: 'preemption', at: 0, offer: 'a', taken: 3, held: 2 }, '3 or more'],
    [{ type: 'price', at: 0, offer: 'a', usd_per_hour: 0 }, 'dollars per node and hour, above 0'],
  ])('%j: %s', (row, expected) => {
    const { trace, leftOut } = read(row);
    expect(faultsOf(row).join()).toContain(expected);
    expect(leftOut).toBe(1);
    expect([trace.demand, trace.groups, trace.market, trace.offers]).toEqual([[], [], [], []]);
  });

  test('the others stay', () => {
    const { trace, rows, leftOut } = read({ type: 'job', at: 0, duration_s: 9 }, '{', { type: 'job', at: 1 });
    expect([rows, leftOut, trace.demand.length]).toEqual([3, 2, 2]);
  });

  test('a group that is said twice, and differently, is said once', () => {
    const group = { type: 'group', group: 'g', vcpus: 1 };
    expect(faultsOf(group, group, { ...group, vcpus: 2 })).toHaveLength(1);
  });
});
