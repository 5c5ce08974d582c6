import { existsSync, readFileSync } from 'node:fs';
import type { HostOrder } from '@slipway/capacity-planner-core';
import { workerCloudInit } from './worker-cloud-init.js';

const CHECKOUT = new URL('../../../../', import.meta.url);
const NAME = 'slipway-worker.service';
const unit = readFileSync(new URL(`infra/worker/${NAME}`, CHECKOUT), 'utf8');
const valueOf = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

const userData = workerCloudInit(
  {
    ...{ hostId: 'wo-1', offerId: 'v/r/t', vendor: 'v', region: 'r', zone: '', geo: 'us' },
    ...{ instanceType: 't', purchase: 'spot' },
  } as unknown as HostOrder,
  { installCommand: '', environment: {} },
);
const told = JSON.parse(userData.slice(userData.indexOf('\n'))) as {
  write_files: { path: string }[];
  runcmd: string[][];
};

test('the unit that a bought machine enables is the one that is shipped, and it reads what cloud-init wrote', () => {
  expect(told.runcmd).toEqual([['systemctl', 'enable', '--now', NAME]]);
  expect(told.write_files.map(({ path }) => path)).toEqual([valueOf('EnvironmentFile')]);
});

test('the unit starts the worker of this checkout', () => {
  const program = valueOf('ExecStart').split(' ').at(-1)!;
  expect(program).toMatch(/^services\/worker\/app\/dist\//);
  expect(existsSync(new URL(program.replace('dist/main.js', 'main.ts'), CHECKOUT))).toBe(true);
});
