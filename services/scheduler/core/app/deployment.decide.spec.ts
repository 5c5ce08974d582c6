import type { PublishApp, RedeployApp } from '@slipway/contracts';
import { eventsOf, type Decision } from '@slipway/kernel';
import * as fc from 'fast-check';
import { appOf, WORKSPACE } from '../testing/samples.testing.js';
import type { AppEvent } from './app.events.js';
import { evolveApp, type App } from './app.state.js';
import { publishApp, redeployApp, versionOf, type FindDefinition } from './deployment.decide.js';

const publish = (changes: Partial<PublishApp> = {}): PublishApp => ({
  appId: 'ap-1',
  workspaceId: WORKSPACE,
  name: 'shop',
  lifetime: 'deployed',
  functionIds: { f: 'fu-1' },
  classIds: {},
  definitionIds: { 'fu-1': 'de-1' },
  ...changes,
});
const definition = (id: string): Partial<PublishApp> => ({ definitionIds: { 'fu-1': id } });
const find: FindDefinition = (functionId, named) =>
  functionId === 'fu-unknown' ? undefined : (named ?? `de-newest-of-${functionId}`);

const after = (app: App, decision: Decision<AppEvent>): App =>
  eventsOf(decision).reduce((state, event) => evolveApp(state, event, state.version + 1), app);
const deployed = (app: App, changes: Partial<PublishApp>): App =>
  after(app, publishApp(app, publish(changes), find));
const redeploy = (command: Partial<RedeployApp>): RedeployApp =>
  ({ appId: 'ap-1', workspaceId: WORKSPACE, deploymentId: 'dp-new', ...command }) as RedeployApp;
const redeployed = (app: App, command: Partial<RedeployApp>): App =>
  after(app, redeployApp(app, redeploy(command)));

const threeVersions = (): App =>
  ['de-1', 'de-2', 'de-3'].reduce((app, id) => deployed(app, definition(id)), appOf());

describe('a deployment', () => {
  test('counts the version up and serves what it names', () => {
    const app = threeVersions();
    expect(app).toMatchObject({
      version: 3,
      status: 'running',
      name: 'shop',
      definitionIds: { 'fu-1': 'de-3' },
    });
    expect(app.versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test('that changes nothing makes no version', () => {
    const app = deployed(appOf(), { tags: { team: 'ml', stage: 'test' } });
    const again = { tags: { stage: 'test', team: 'ml' } };
    expect(publishApp(app, publish(again), find)).toEqual([]);
    expect(publishApp(app, publish({ ...again, deploymentTag: 'v1' }), find)).toHaveLength(1);
    expect(publishApp(app, publish({ ...again, ...definition('de-2') }), find)).toHaveLength(1);
    expect(publishApp(app, publish({ tags: {} }), find)).toHaveLength(1);
    expect(publishApp(app, publish(again), find, { isScaled: true })).toHaveLength(1);
  });

  test('takes no name that another app has, until that ends', () => {
    const app = appOf({ status: 'created' });
    const under = (holder: App | undefined) => publishApp(app, publish({ name: 'other' }), find, { holder });
    expect(under(appOf({ appId: 'ap-2', name: 'other' }))).toMatchObject({
      refused: 'already-exists',
      code: 'app-name-taken',
    });
    for (const holder of [undefined, app, appOf({ appId: 'ap-2', status: 'stopping' })])
      expect(under(holder)).toMatchObject([{ type: 'app-published', data: { name: 'other' } }]);
  });

  test('that the client sends again is one deployment', () => {
    const app = deployed(appOf(), { deploymentId: 'dp-1' });
    expect(publishApp(app, publish({ deploymentId: 'dp-1', ...definition('de-2') }), find)).toEqual([]);
  });

  test('of a function whose definition is not named takes the newest one', () => {
    expect(deployed(appOf(), { definitionIds: {} }).definitionIds).toEqual({ 'fu-1': 'de-newest-of-fu-1' });
  });

  test('names the function that was never defined, and the class that has no function', () => {
    expect(publishApp(appOf(), publish({ functionIds: { g: 'fu-unknown' } }), find)).toMatchObject({
      refused: 'invalid',
      code: 'function-not-defined',
    });
    expect(publishApp(appOf(), publish({ classIds: { C: 'cs-1' } }), find)).toMatchObject({
      code: 'class-without-function',
    });
  });

  test('of an app without lifetime and name leaves both as they are', () => {
    const app = deployed(deployed(appOf(), {}), { name: '', ...definition('de-2') });
    expect(app).toMatchObject({ name: 'shop', lifetime: 'deployed', version: 2 });
  });

  test.each(['stopping', 'stopped'] as const)('of a %s app is refused', (status) => {
    expect(publishApp(appOf({ status }), publish(), find)).toMatchObject({ code: 'app-stopped' });
    expect(redeployApp(appOf({ status }), redeploy({ kind: 'rollover' }))).toMatchObject({
      code: 'app-stopped',
    });
  });
});

describe('containers of a version', () => {
  test('stay as long as their definition does', () => {
    const functionIds = { f: 'fu-1', g: 'fu-2' };
    const first = deployed(appOf(), { functionIds, definitionIds: { 'fu-1': 'de-1', 'fu-2': 'de-2' } });
    const second = deployed(first, { functionIds, definitionIds: { 'fu-1': 'de-1', 'fu-2': 'de-3' } });
    expect(second.serving).toMatchObject({ 'fu-1': { since: 1 }, 'fu-2': { since: 2 } });
  });

  test('of a function that is removed finish with its last definition, and return anew', () => {
    const removed = deployed(deployed(appOf(), {}), { functionIds: {} });
    expect(removed.serving).toEqual({ 'fu-1': { definitionId: 'de-1', since: 1, removedBy: 2 } });
    expect(deployed(removed, {}).serving).toEqual({ 'fu-1': { definitionId: 'de-1', since: 3 } });
  });

  test('are all replaced by a rollover', () => {
    const app = redeployed(threeVersions(), { kind: 'rollover' });
    expect(app).toMatchObject({ version: 4, definitionIds: { 'fu-1': 'de-3' } });
    expect(app.serving).toEqual({ 'fu-1': { definitionId: 'de-3', since: 4 } });
  });
});

describe('a rollback', () => {
  test('serves what the named version had, as a new version that says where it is from', () => {
    const app = redeployed(threeVersions(), { kind: 'rollback', version: 1 });
    expect(app).toMatchObject({ version: 4, definitionIds: { 'fu-1': 'de-1' } });
    expect(app.versions.at(-1)).toMatchObject({ kind: 'rollback', sourceVersion: 1 });
  });

  test('by -1 goes to what served before, and again to what served before that', () => {
    const app = redeployed(threeVersions(), { kind: 'rollback', version: -1 });
    expect(app.definitionIds).toEqual({ 'fu-1': 'de-2' });
    expect(redeployed(app, { kind: 'rollback', version: -1, deploymentId: 'dp-2' }).definitionIds).toEqual({
      'fu-1': 'de-3',
    });
  });

  test.each([
    [-3, 'version-not-found'],
    [9, 'version-not-found'],
    [3, 'serves-already'],
  ])('to %i is refused as %s', (version, code) => {
    expect(redeployApp(threeVersions(), redeploy({ kind: 'rollback', version }))).toMatchObject({ code });
  });

  test('of an app that serves nothing is refused', () => {
    expect(redeployApp(appOf(), redeploy({ kind: 'rollback', version: -1 }))).toMatchObject({
      code: 'nothing-serves',
    });
  });
});

describe('a staged deployment', () => {
  const staged = (): App => deployed(threeVersions(), { ...definition('de-4'), staged: true });

  test('serves nothing until it is promoted', () => {
    expect(staged()).toMatchObject({ version: 3, definitionIds: { 'fu-1': 'de-3' } });
    const promoted = redeployed(staged(), { kind: 'promotion', version: 4 });
    expect(promoted).toMatchObject({ version: 5, definitionIds: { 'fu-1': 'de-4' } });
    expect(promoted.versions.at(-1)).toMatchObject({ kind: 'promotion', sourceVersion: 4 });
  });

  test('is not rolled back to, and what has served is not promoted', () => {
    expect(redeployApp(staged(), redeploy({ kind: 'rollback', version: 4 }))).toMatchObject({
      code: 'never-served',
    });
    expect(redeployApp(staged(), redeploy({ kind: 'promotion', version: 2 }))).toMatchObject({
      code: 'not-staged',
    });
    expect(redeployed(staged(), { kind: 'rollback', version: -1 }).definitionIds).toEqual({ 'fu-1': 'de-2' });
  });

  test('needs a version that serves', () => {
    expect(publishApp(appOf(), publish({ staged: true }), find)).toMatchObject({ code: 'nothing-serves' });
  });
});

test('whatever is deployed, in whatever order: versions have no gap, never change, and one of them serves', () => {
  const step = fc.oneof(
    fc.record({ definition: fc.nat(3), staged: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom('rollback', 'promotion', 'rollover'),
      version: fc.integer({ min: -3, max: 9 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let app = appOf();
      steps.forEach((next, n) => {
        const before = app;
        const deploymentId = `dp-${n}`;
        const decision =
          'kind' in next
            ? redeployApp(app, redeploy({ ...next, deploymentId } as Partial<RedeployApp>))
            : publishApp(
                app,
                publish({ ...definition(`de-${next.definition}`), staged: next.staged, deploymentId }),
                find,
              );
        if (!('refused' in decision)) app = after(app, decision);
        expect(app.versions.slice(0, before.versions.length)).toEqual(before.versions);
        expect(app.versions.map(({ version }) => version)).toEqual(app.versions.map((_, index) => index + 1));
        const serving = versionOf(app, app.version);
        expect(serving?.kind).not.toBe('staged');
        expect(serving?.definitionIds ?? {}).toEqual(app.definitionIds);
      });
    }),
  );
});
