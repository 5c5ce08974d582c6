import type { Caller } from '../access/caller.js';
import { takeOverName, type NamedApp } from './take-over-name.js';

/** Contributor in dev; looks into prod. */
const caller = {
  kind: 'token',
  workspaceName: 'acme',
  principal: { name: 'ada', role: 'member' },
  environmentRoles: { dev: 'contributor', prod: 'viewer' },
  roleElsewhere: 'no-access',
} as unknown as Caller;

const app = (changes: Partial<NamedApp> = {}): NamedApp => ({
  appId: 'ap-new',
  environment: 'dev',
  lifetime: 'deployed',
  hasEnded: false,
  ...changes,
});
const holder = (changes: Partial<NamedApp> = {}): NamedApp => app({ appId: 'ap-holder', ...changes });

const prod = { environment: 'prod' };
const ended = { hasEnded: true };
const run = { lifetime: 'ephemeral' } as const;

test.each<[string, NamedApp, NamedApp, string]>([
  ['its own', holder(prod), app({ ...run, ...prod, appId: 'ap-holder' }), 'take'],
  ["an older deployment's", holder(), app(), 'take'],
  ["a run's", holder(run), app(), 'take'],
  ['that of a deployment where the caller may change nothing', holder(prod), app(), 'refuse'],
  ['that of a stopped one there', holder({ ...prod, ...ended }), app(), 'refuse'],
  ['that of a forgotten one there', holder({ ...prod, ...ended, lifetime: undefined }), app(), 'refuse'],
  ['that of a run there', holder({ ...prod, ...run }), app(), 'refuse'],
  ['that of an ended run there', holder({ ...prod, ...run, ...ended }), app(), 'take'],
])('a deployment that wants %s name', (_, has, wants, expected) => {
  expect(takeOverName(caller, has, wants)).toBe(expected);
});

test.each<[string, NamedApp, string]>([
  ["a deployment's", holder(), 'leave'],
  ["a stopped deployment's", holder(ended), 'take'],
  ["another run's", holder(run), 'take'],
  ['that of a deployment where the caller may change nothing', holder(prod), 'leave'],
  ['that of a stopped one there', holder({ ...prod, ...ended }), 'leave'],
  ['that of an ended run there', holder({ ...prod, ...run, ...ended }), 'take'],
])('a run that wants %s name', (_, has, expected) => {
  for (const lifetime of ['ephemeral', 'detached'] as const)
    expect(takeOverName(caller, has, app({ lifetime }))).toBe(expected);
});
