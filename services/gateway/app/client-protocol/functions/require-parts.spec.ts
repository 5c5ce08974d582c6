import type { RpcParts } from '../rpc-parts.js';
import { partsOfSpec, requireParts } from './require-parts.js';

const parts = {
  bus: { request: async () => ({ environment: 'prod' }) },
  secrets: { noteUse: async () => undefined, get: async () => ({ environment: 'prod' }) },
} as unknown as Pick<RpcParts, 'bus' | 'secrets'>;
const viewerOfProd = {
  kind: 'token',
  workspaceId: 'ac-1',
  environmentRoles: { prod: 'viewer' },
  roleElsewhere: 'contributor',
} as never;
const mounts = (access: 'read' | 'write') =>
  partsOfSpec({ volumes: [{ volumeId: 'vo-1', mountPath: '/m', access, commits: 'background' }] });

test('a container is given a volume to write into only by who may change what is in its environment', async () => {
  const use = (access: 'read' | 'write') =>
    requireParts(parts, viewerOfProd, { ...mounts(access), secretIds: ['st-1'], usedBy: 'ap-1' });
  await expect(use('read')).resolves.toBeUndefined();
  await expect(use('write')).rejects.toMatchObject({ refusal: { code: 'environment-role-too-low' } });
});
