import type { Caller } from '../access/caller.js';
import type { EnvironmentStanding } from '../access/principal.js';
import { refuseVolumeMount } from './refuse-volume-mount.js';

const member = (inProd: EnvironmentStanding): Caller => ({
  kind: 'token',
  tokenId: 'tk-1',
  workspaceId: 'ac-1',
  workspaceName: 'acme',
  defaultEnvironment: 'dev',
  principal: { principalId: 'us-1', kind: 'member', name: 'ada', role: 'member' },
  environmentRoles: { dev: 'contributor', prod: inProd },
  roleElsewhere: 'no-access',
});
const codeOfDev: Caller = {
  kind: 'task',
  taskId: 'ta-1',
  workspaceId: 'ac-1',
  appId: 'ap-1',
  functionId: 'fu-1',
  defaultEnvironment: 'dev',
  blobStoreUrl: '',
  environmentRoles: {},
  roleElsewhere: 'caller',
};
const mount = (access: 'read' | 'write') => ({ volumeId: 'vo-1', access }) as const;

test('who may only look into an environment mounts its volumes to read, never to write', () => {
  for (const caller of [member('viewer'), member('caller'), codeOfDev]) {
    expect(refuseVolumeMount(caller, mount('read'), 'prod')).toBeUndefined();
    expect(refuseVolumeMount(caller, mount('write'), 'prod')).toMatchObject({
      refused: 'forbidden',
      code: 'environment-role-too-low',
      message: expect.stringContaining('with_mount_options(read_only=True)'),
    });
  }
});

test('who changes things in an environment mounts its volumes to write, and code those of its own', () => {
  expect(refuseVolumeMount(member('contributor'), mount('write'), 'prod')).toBeUndefined();
  expect(refuseVolumeMount(codeOfDev, mount('write'), 'dev')).toBeUndefined();
});

test('who may not look into an environment mounts nothing of it, and is not told to try it otherwise', () => {
  for (const access of ['read', 'write'] as const) {
    const refusal = refuseVolumeMount(member('no-access'), mount(access), 'prod');
    expect(refusal).toMatchObject({ refused: 'forbidden' });
    expect(refusal?.message).not.toContain('read_only');
  }
});
