import type { CreateApp } from '@slipway/contracts';
import { appOf, WORKSPACE } from '../testing/samples.testing.js';
import {
  createApp,
  endsWithClient,
  endsWithItsWork,
  finishAppStop,
  keepApp,
  requestAppStop,
  tagApp,
} from './app.decide.js';
import { evolveApp } from './app.state.js';

describe('an app', () => {
  test('given it exists, when a client creates it again, then nothing happens', () => {
    const { appId, workspaceId, environment, description, lifetime } = appOf();
    const command = { appId, workspaceId, environment, description, lifetime, name: 'shop' };
    expect(createApp(appOf(), command, undefined)).toEqual([]);
    expect(createApp(appOf(), command, appOf())).toEqual([]);
  });

  test('that is to have a name is not created while another one that has not ended has it', () => {
    const command: CreateApp = {
      appId: 'ap-2',
      workspaceId: WORKSPACE,
      environment: 'main',
      description: 'shop',
      lifetime: 'deployed',
      name: 'shop',
    };
    expect(createApp(undefined, command, appOf({ status: 'created' }))).toMatchObject({
      refused: 'already-exists',
      code: 'app-name-taken',
    });
    expect(createApp(undefined, command, appOf({ status: 'stopping' }))).toMatchObject([
      { type: 'app-created' },
    ]);
  });

  test('stopping twice is stopping once', () => {
    expect(requestAppStop(appOf(), 'enough', 'ada')).toMatchObject([
      { type: 'app-stop-requested', data: { stoppedBy: 'ada' } },
    ]);
    expect(requestAppStop(appOf({ status: 'stopping' }), 'enough')).toEqual([]);
  });

  test('an app has stopped only when its last container is gone', () => {
    const stopping = appOf({ status: 'stopping', stopReason: 'enough' });
    expect(finishAppStop(stopping, 1)).toEqual([]);
    expect(finishAppStop(stopping, 0)).toEqual([
      { type: 'app-stopped', data: { appId: 'ap-1', reason: 'enough' } },
    ]);
    expect(finishAppStop(appOf({ status: 'running' }), 0)).toEqual([]);
  });

  test('an ephemeral app ends with its client, and so does one whose first deployment was broken off', () => {
    expect(endsWithClient(appOf({ lifetime: 'ephemeral', status: 'running' }))).toBe(true);
    expect(endsWithClient(appOf({ lifetime: 'deployed', status: 'created' }))).toBe(true);
    expect(endsWithClient(appOf({ lifetime: 'deployed', status: 'running' }))).toBe(false);
    expect(endsWithClient(appOf({ lifetime: 'detached', status: 'created' }))).toBe(false);
  });

  test('a detached app outlives its client until its work is done', () => {
    expect(endsWithItsWork(appOf({ lifetime: 'detached', status: 'running' }))).toBe(true);
    expect(endsWithItsWork(appOf({ lifetime: 'detached', status: 'stopping' }))).toBe(false);
    expect(endsWithItsWork(appOf({ lifetime: 'deployed', status: 'running' }))).toBe(false);
  });

  test('is kept once, while its first deployment goes on', () => {
    const first = appOf({ lifetime: 'deployed' });
    const decided = keepApp(first);
    expect(decided).toMatchObject([{ type: 'app-kept' }]);
    const kept = evolveApp(first, { type: 'app-kept', data: { appId: 'ap-1' } }, 2_000);
    expect([kept.version, kept.versions, endsWithClient(kept)]).toEqual([0, [], false]);
    expect(keepApp(kept)).toEqual([]);
    expect(keepApp(appOf({ status: 'stopping' }))).toMatchObject({ code: 'app-stopped' });
  });

  test('a stopped app takes no tags', () => {
    expect(tagApp(appOf({ status: 'running' }), { team: 'ml' })).toMatchObject([{ type: 'app-tagged' }]);
    expect(tagApp(appOf({ status: 'stopped' }), {})).toMatchObject({ code: 'app-stopped' });
  });
});
