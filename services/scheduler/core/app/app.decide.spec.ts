import { appOf } from '../testing/samples.testing.js';
import {
  createApp,
  endsWithClient,
  endsWithItsWork,
  finishAppStop,
  requestAppStop,
  tagApp,
} from './app.decide.js';

describe('an app', () => {
  test('given it exists, when a client creates it again, then nothing happens', () => {
    const { appId, workspaceId, environment, description, lifetime } = appOf();
    expect(createApp(appOf(), { appId, workspaceId, environment, description, lifetime })).toEqual([]);
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

  test('a stopped app takes no tags', () => {
    expect(tagApp(appOf({ status: 'running' }), { team: 'ml' })).toMatchObject([{ type: 'app-tagged' }]);
    expect(tagApp(appOf({ status: 'stopped' }), {})).toMatchObject({ code: 'app-stopped' });
  });
});
