import { isRefusal } from '@slipway/kernel';
import type { Caller } from './caller.js';
import { refuseAnywhere, refuseInEnvironment, refuseManagement } from './check-access.js';
import {
  refuseManaging,
  roleInEnvironment,
  type EnvironmentRole,
  type Principal,
  type WorkspaceRole,
} from './principal.js';
import { accessOfRpc, mayCreate } from './rpc-access.js';

const principal = (role: WorkspaceRole, kind: Principal['kind'] = 'member'): Principal => ({
  principalId: `us-${role}-${kind}`,
  kind,
  name: role,
  role,
});
const caller = (more: object = {}): Caller => ({
  kind: 'token',
  tokenId: 'ak-1',
  workspaceId: 'ac-1',
  workspaceName: 'main',
  defaultEnvironment: 'main',
  principal: principal('member'),
  environmentRoles: {},
  roleElsewhere: 'contributor',
  ...more,
});

test.each<
  [
    WorkspaceRole,
    Principal['kind'],
    EnvironmentRole | undefined,
    EnvironmentRole | undefined,
    EnvironmentRole,
  ]
>([
  ['owner', 'member', 'no-access', 'no-access', 'contributor'],
  ['manager', 'member', undefined, 'viewer', 'contributor'],
  ['member', 'member', undefined, undefined, 'contributor'],
  ['member', 'member', undefined, 'viewer', 'viewer'],
  ['member', 'member', 'contributor', 'no-access', 'contributor'],
  ['member', 'service-user', undefined, 'contributor', 'no-access'],
  ['member', 'service-user', 'viewer', undefined, 'viewer'],
])('%s (%s), given %s where members have %s, is %s', (role, kind, assigned, forMembers, expected) => {
  expect(
    roleInEnvironment({
      principal: principal(role, kind),
      ...(assigned ? { assigned } : {}),
      ...(forMembers ? { forMembers } : {}),
    }),
  ).toBe(expected);
});

test('a viewer looks and changes nothing; who has no access does neither', () => {
  const viewer = caller({ environmentRoles: { main: 'viewer', dev: 'no-access' } });
  expect(refuseInEnvironment(viewer, 'look', 'main')).toBeUndefined();
  expect(refuseInEnvironment(viewer, 'change', 'main')).toMatchObject({ refused: 'forbidden' });
  expect(refuseInEnvironment(viewer, 'look', 'dev')).toMatchObject({ refused: 'forbidden' });
  expect(refuseInEnvironment(viewer, 'change', 'other')).toBeUndefined();
});

test('who may change something somewhere may upload; who may nowhere may not', () => {
  expect(refuseAnywhere(caller({ environmentRoles: { main: 'viewer' } }), 'change')).toBeUndefined();
  expect(isRefusal(refuseAnywhere(caller({ roleElsewhere: 'viewer' }), 'change'))).toBe(true);
  expect(refuseAnywhere(caller({ roleElsewhere: 'viewer' }), 'look')).toBeUndefined();
});

test('owners and managers manage; members and containers do not', () => {
  expect(refuseManagement(caller({ principal: principal('owner') }))).toBeUndefined();
  expect(refuseManagement(caller({ principal: principal('manager') }))).toBeUndefined();
  expect(isRefusal(refuseManagement(caller()))).toBe(true);
  const task: Caller = {
    kind: 'task',
    blobStoreUrl: '',
    taskId: 'ta-1',
    workspaceId: 'ac-1',
    appId: 'ap-1',
    functionId: 'fu-1',
    defaultEnvironment: 'main',
    environmentRoles: {},
    roleElsewhere: 'viewer',
  };
  expect(isRefusal(refuseManagement(task))).toBe(true);
  expect(refuseInEnvironment(task, 'change', 'main')).toBeUndefined();
});

test('one’s own tokens are one’s own; a manager is not above an owner', () => {
  const [owner, manager, member] = [principal('owner'), principal('manager'), principal('member')];
  expect(refuseManaging(member, member)).toBeUndefined();
  expect(isRefusal(refuseManaging(member, manager))).toBe(true);
  expect(refuseManaging(manager, member)).toBeUndefined();
  expect(isRefusal(refuseManaging(manager, owner))).toBe(true);
  expect(refuseManaging(owner, manager)).toBeUndefined();
});

test.each([
  ['imageTagRevisions', false, 'look'],
  ['appList', false, 'look'],
  ['functionGet', false, 'look'],
  ['queueGet', false, 'change'],
  ['queueLen', false, 'look'],
  ['dictGetOrCreate', false, 'look'],
  ['dictGetOrCreate', true, 'change'],
  ['imageGetOrCreate', false, 'change'],
  ['functionMap', false, 'call'],
  ['functionPutInputs', false, 'call'],
  ['curlGetAuthToken', false, 'call'],
  ['functionGetFlashAuthToken', false, 'call'],
  ['functionGetOutputs', false, 'look'],
  ['appSetTags', false, 'change'],
  ['appGetTags', false, 'look'],
  ['volumeRemoveFile2', false, 'change'],
  ['volumeListFiles2', false, 'look'],
  ['volumePutFiles2', false, 'change'],
  ['volumeGetFile2', false, 'look'],
  ['environmentDelete', false, 'manage'],
  ['environmentGetOrCreate', true, 'manage'],
  ['tokenDelete', false, undefined],
  ['somethingNew', false, 'change'],
])('%s (creating: %s) wants to %s', (rpc, creates, access) => {
  expect(accessOfRpc(rpc, creates)).toBe(access);
});

test.each([
  ['secretGetOrCreate', { objectCreationType: 0, deploymentName: 'known' }, false],
  ['secretGetOrCreate', { objectCreationType: 0, deploymentName: '' }, true],
  ['mountGetOrCreate', { objectCreationType: 0, deploymentName: '' }, true],
  ['dictGetOrCreate', { objectCreationType: 1, deploymentName: 'new' }, true],
  ['environmentGetOrCreate', { objectCreationType: 0, deploymentName: '' }, false],
  ['imageGetOrCreate', {}, false],
])('%s of %j may create: %s', (rpc, request, creates) => {
  expect(mayCreate(rpc, request)).toBe(creates);
});
