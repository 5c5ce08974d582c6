import { comparePlans } from './compare-plans.ts';
import type { ProcessSpec } from './process-spec.ts';
import { stopOrder } from './stop-order.ts';

const spec = (name: string, change: Partial<ProcessSpec> = {}): ProcessSpec => ({
  name,
  tier: 'service',
  command: 'node',
  arguments: [],
  environment: {},
  folder: '/',
  probe: { kind: 'running' },
  port: 1,
  version: '1',
  revision: 'a',
  stopSignal: 'SIGTERM',
  stopMs: 1,
  ...change,
});

describe('a changed plan', () => {
  test('leaves alone what has not changed, even when it came through JSON', () => {
    const running = { processes: [spec('a')] };
    const wanted = JSON.parse(JSON.stringify(running)) as typeof running;
    expect(comparePlans(running, wanted)).toEqual({ start: [], replace: [], stop: [] });
  });

  test('starts what is new, replaces what was rebuilt, stops what is gone', () => {
    const change = comparePlans(
      { processes: [spec('gone'), spec('rebuilt')] },
      { processes: [spec('rebuilt', { revision: 'b' }), spec('new')] },
    );
    expect(change.start.map(({ name }) => name)).toEqual(['new']);
    expect(change.replace.map(({ revision }) => revision)).toEqual(['b']);
    expect(change.stop.map(({ name }) => name)).toEqual(['gone']);
  });
});

test('workers stop before services, and services before the servers that they write to', () => {
  const processes = [spec('db', { tier: 'infrastructure' }), spec('gateway'), spec('w', { tier: 'worker' })];
  expect(stopOrder(processes).map((group) => group.map(({ name }) => name))).toEqual([
    ['w'],
    ['gateway'],
    ['db'],
  ]);
});
