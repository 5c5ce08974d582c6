import { appOf, WORKSPACE } from '../testing/samples.testing.js';
import { createApp, createClass, finishAppStop, publishApp, requestAppStop } from './app.decide.js';

const publish = {
  appId: 'ap-1',
  workspaceId: WORKSPACE,
  name: 'shop',
  lifetime: 'deployed',
  functionIds: { f: 'fu-1' },
  classIds: {},
  definitionIds: {},
} as const;

describe('an app', () => {
  test('given it exists, when a client creates it again, then nothing happens', () => {
    const { appId, workspaceId, environment, description, lifetime } = appOf();
    expect(createApp(appOf(), { appId, workspaceId, environment, description, lifetime })).toEqual([]);
  });

  test('each publication counts the version up', () => {
    expect(publishApp(appOf({ version: 4 }), publish)).toMatchObject([
      { type: 'app-published', data: { version: 5 } },
    ]);
  });

  test.each(['stopping', 'stopped'] as const)(
    'a %s app is not published again and takes no class',
    (status) => {
      expect(publishApp(appOf({ status }), publish)).toMatchObject({
        refused: 'conflict',
        code: 'app-stopped',
      });
      const command = {
        appId: 'ap-1',
        workspaceId: WORKSPACE,
        classId: 'cs-1',
        tag: 'C',
        functionId: 'fu-1',
      };
      expect(createClass(appOf({ status }), command)).toMatchObject({ code: 'app-stopped' });
    },
  );

  test('the same class twice is one class', () => {
    const command = { appId: 'ap-1', workspaceId: WORKSPACE, classId: 'cs-1', tag: 'C', functionId: 'fu-1' };
    const app = appOf({ classes: { C: { classId: 'cs-1', functionId: 'fu-1' } } });
    expect(createClass(app, command)).toEqual([]);
    expect(createClass(app, { ...command, functionId: 'fu-2' })).toMatchObject([{ type: 'class-created' }]);
  });

  test('stopping twice is stopping once', () => {
    expect(requestAppStop(appOf(), 'enough')).toMatchObject([{ type: 'app-stop-requested' }]);
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
});
