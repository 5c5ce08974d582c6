import type { WorkerView } from '@slipway/contracts';
import { accepted, asked, hostAfter, orderOf, runningHost } from './acting.samples.testing.js';
import type { VendorHost } from './cloud-vendor.js';
import { drainHost, stopHost, stopOverdueHost } from './host.decide.js';
import type { HostEvent } from './host.events.js';
import { evolveHost, type Host } from './host.state.js';
import { reconcileVendor, type Listing, type Reconciled } from './reconcile-vendor.js';
import { reconcileWorkers } from './reconcile-workers.js';

const HOUR_MS = 3_600_000;

const there = (hostId: string, changes: Partial<VendorHost> = {}): VendorHost => ({
  ...{ vendorHostId: `v-${hostId}`, hostId, instanceType: 'gpu_1x_h100', region: 'us-east-1' },
  ...{ state: 'running', billedFrom: 0 },
  ...changes,
});

const reconcile = (
  listed: readonly VendorHost[],
  hosts: readonly Host[],
  listedAt = HOUR_MS,
  missing: Partial<Listing> = {},
): Reconciled =>
  reconcileVendor({
    ...{ listedAt, listed, hosts, orderOf: ({ hostId }) => orderOf(hostId) },
    ...{ missingSince: () => listedAt, isAtWork: () => false },
    ...missing,
  });

const kinds = ({ drifts }: Reconciled): readonly string[] => drifts.map(({ kind }) => kind);

describe('a listing of a vendor', () => {
  test('that agrees with the ledger changes nothing', () => {
    expect(reconcile([there('h1')], [runningHost('h1')])).toEqual({ events: [], drifts: [] });
  });

  test('shows a host whose answer was lost: it is paid for from its own beginning', () => {
    const read = reconcile([there('h1', { billedFrom: 4_000 })], [hostAfter(asked('h1'))]);
    expect(read.events).toMatchObject([{ type: 'host-accepted', data: { billedFrom: 4_000 } }]);
    expect(kinds(read)).toEqual(['came-late']);
  });

  test('shows an orphan: it is put into the ledger and stopped', () => {
    const read = reconcile([there('h9')], []);
    expect(kinds(read)).toEqual(['orphan']);
    const host = evolveHost(undefined, read.events[0]!, HOUR_MS);
    expect(host).toMatchObject({ status: 'stopping', billedFrom: 0 });
    expect(reconcile([there('h9')], [host]).events).toEqual([]);
  });

  test('shows a second machine with the mark of a host, which stays', () => {
    expect(kinds(reconcile([there('h1', { vendorHostId: 'v-2' })], [runningHost('h1')]))).toEqual([
      'bought-twice',
    ]);
  });

  test('shows a host again that was lost: it is paid for, and to be stopped', () => {
    const lost = evolveHost(runningHost('h1'), reconcile([], [runningHost('h1')]).events[0]!, HOUR_MS);
    const read = reconcile([there('h1')], [lost]);
    expect(read.events).toEqual([]);
    expect(kinds(read)).toEqual(['came-back']);
  });

  test('says nothing of a host whose second machine is gone', () => {
    const double = there('h1', { vendorHostId: 'v-2', goneAt: 9_000 });
    expect(reconcile([double, there('h1')], [runningHost('h1')]).events).toEqual([]);
  });

  test('lacks a host that is gone, taken or stopped, but not one that has just been started', () => {
    const stopping = evolveHost(
      runningHost('h3'),
      (stopHost(runningHost('h3'), '') as HostEvent[])[0]!,
      9_000,
    );
    const noticed = evolveHost(
      runningHost('h2'),
      { type: 'host-preemption-noticed', data: { hostId: 'h2', takenAt: 120_000 } },
      9_000,
    );
    const read = reconcile([], [runningHost('h1'), noticed, stopping]);
    expect(read.events.map(({ data }) => data)).toMatchObject([
      { hostId: 'h1', how: 'lost', endedAt: HOUR_MS },
      { hostId: 'h2', how: 'preempted', endedAt: 120_000 },
      { hostId: 'h3', how: 'stopped' },
    ]);
    expect(kinds(read)).toEqual(['gone', 'taken']);
    const fresh = hostAfter(asked('h4'), accepted('h4', HOUR_MS - 1_000));
    expect(reconcile([], [fresh]).events).toEqual([]);
  });

  test('that lacks hosts at work is cut short, and one that lacks hosts on their way is until it has lacked them for a minute', () => {
    const [working, starting] = [runningHost('h1'), hostAfter(asked('h2'), accepted('h2'))];
    const lacked = (since: number) =>
      reconcile([], [working, starting], HOUR_MS, { missingSince: () => since, isAtWork: () => true });
    expect(lacked(HOUR_MS)).toEqual({ events: [], drifts: [] });
    expect(lacked(HOUR_MS - 59_000).events).toEqual([]);
    const long = lacked(HOUR_MS - 60_000);
    expect(long.events.map(({ data }) => data)).toMatchObject([
      { hostId: 'h2', how: 'lost', endedAt: HOUR_MS - 60_000 },
    ]);
    // Who is at work is no worse for what a listing lacks.
    expect(long.drifts.map(({ kind, hostId }) => [kind, hostId])).toEqual([
      ['running-unpaid', 'h1'],
      ['gone', 'h2'],
    ]);
  });

  test('tells a start that failed from one that was given up: only where no worker came in its time it never joined', () => {
    const starting = (hostId: string) => hostAfter(asked(hostId), accepted(hostId));
    const afterStop = (hostId: string, stop: typeof stopHost) =>
      evolveHost(starting(hostId), (stop(starting(hostId), '') as HostEvent[])[0]!, 9_000);
    const read = reconcile([], [afterStop('h1', stopHost), afterStop('h2', stopOverdueHost)]);
    expect(read.events.map(({ data }) => data)).toMatchObject([
      { hostId: 'h1', how: 'stopped' },
      { hostId: 'h2', how: 'never-joined' },
    ]);
  });

  test('says until when a host was paid for that is gone: to the moment, however late it is heard', () => {
    const stopping = evolveHost(
      runningHost('h1'),
      (stopHost(runningHost('h1'), '') as HostEvent[])[0]!,
      9_000,
    );
    const hosts = [stopping, runningHost('h2'), hostAfter(asked('h3'))];
    const listed = ['h1', 'h2', 'h4'].map((hostId) => there(hostId, { goneAt: 12_345 }));
    const read = reconcile([...listed, there('h3')], hosts);
    expect(read.events.filter(({ type }) => type === 'host-ended').map(({ data }) => data)).toMatchObject([
      { hostId: 'h1', how: 'stopped', endedAt: 12_345 },
      { hostId: 'h2', how: 'lost', endedAt: 12_345 },
    ]);
    expect(kinds(read)).toEqual(['gone', 'came-late']);
    const ended = read.events
      .filter(({ type }) => type === 'host-ended')
      .map((event, index) => evolveHost(hosts[index], event, HOUR_MS));
    expect(reconcile(listed, ended)).toEqual({ events: [], drifts: [] });
  });

  test('lacks an order for ten minutes: it never became a host', () => {
    expect(reconcile([], [hostAfter(asked('h1'))], 599_000).events).toEqual([]);
    expect(kinds(reconcile([], [hostAfter(asked('h1'))], 601_000))).toEqual(['never-accepted']);
  });

  test('tells of a price that moved and of a host that will be taken', () => {
    const listed = there('h1', { priceMicroUsdPerNodeHour: 5, takenAt: HOUR_MS + 120_000 });
    expect(reconcile([listed], [runningHost('h1')]).events.map(({ type }) => type)).toEqual([
      'host-preemption-noticed',
      'host-drain-begun',
      'host-repriced',
    ]);
  });
});

describe('the workers of the scheduler', () => {
  const worker = (workerId: string): WorkerView => ({
    ...{ workerId, bootId: 'b', status: 'present', containers: 0, runningInputs: 0 },
    capacity: { milliCpu: 1, memoryMiB: 1, gpus: [], runtime: 'runc' },
  });
  const look = (
    hosts: readonly Host[],
    workers: readonly WorkerView[],
    at = HOUR_MS,
    silentSince?: number,
    frozen = false,
  ) =>
    reconcileWorkers({
      ...{ at, hosts, workers, silentSince: () => silentSince, leadMsOf: () => 60_000, frozen },
      isBought: ({ workerId }) => workerId.startsWith('h'),
    });

  test('tell that a host has joined', () => {
    expect(look([hostAfter(asked('h1'), accepted('h1'))], [worker('h1')]).events).toMatchObject([
      { type: 'host-joined' },
    ]);
  });

  test('lack one that is paid for: it is given back after its time', () => {
    const starting = hostAfter(asked('h1'), accepted('h1'));
    expect(look([starting], [], 600_000).events).toEqual([]);
    expect(look([starting], [], 661_000).drifts).toMatchObject([{ kind: 'paid-not-running', hostId: 'h1' }]);
    expect(look([runningHost('h1')], [], HOUR_MS, HOUR_MS - 100_000).events).toEqual([]);
    expect(look([runningHost('h1')], [], HOUR_MS, HOUR_MS - 200_000).events).toHaveLength(1);
    const drained = (drainHost(runningHost('h1'), 'pl', '') as HostEvent[])[0]!;
    expect(
      look([evolveHost(runningHost('h1'), drained, 9_000)], [], HOUR_MS, HOUR_MS - 1).events,
    ).toHaveLength(1);
  });

  test('that are silent together leave their hosts where they are for half an hour', () => {
    const hosts = ['h1', 'h2', 'h3', 'h4', 'h5'].map((hostId) => runningHost(hostId));
    const silentFor = (ms: number, there: readonly WorkerView[]) =>
      look(hosts, there, HOUR_MS, HOUR_MS - ms).events.length;
    const most = [worker('h1')];
    const some = [worker('h1'), worker('h2')];
    expect(silentFor(200_000, most)).toBe(0);
    expect(look(hosts, most, HOUR_MS, HOUR_MS - 200_000).drifts[0]!.message).toContain('as 4 of 5 are');
    expect(silentFor(1_801_000, most)).toBe(4);
    expect(silentFor(200_000, some)).toBe(3);
  });

  test('lack hosts while planning is frozen: that is told, and nothing is given back', () => {
    const late = hostAfter(asked('h1'), accepted('h1'));
    const { events, drifts } = look([late, runningHost('h2')], [], HOUR_MS, HOUR_MS - 200_000, true);
    expect(events).toEqual([]);
    expect(drifts.map(({ message }) => message)).toEqual([
      'no worker joined from it within 10 minutes beyond its lead time; it stays, for planning is frozen',
      'its worker was silent for 3 minutes; it stays, for planning is frozen',
    ]);
  });

  test('have one that nobody is paid for; a machine of the site is none of these', () => {
    expect(look([], [worker('h1'), worker('own')]).drifts).toMatchObject([
      { kind: 'running-unpaid', hostId: 'h1' },
    ]);
  });

  test('are known for a while after their host has gone', () => {
    const endedAt = HOUR_MS;
    const data = { hostId: 'h1', how: 'preempted', endedAt, because: 'spec' } as const;
    const gone = evolveHost(runningHost('h1'), { type: 'host-ended', data }, endedAt);
    expect(look([gone], [worker('h1')], endedAt + 59_000).drifts).toEqual([]);
    expect(look([gone], [worker('h1')], endedAt + 60_000).drifts).toMatchObject([{ kind: 'running-unpaid' }]);
  });
});
