import { ObjectCreationType, SecretGetOrCreateRequest } from '@slipway/protocol';
import { secretGetOrCreate } from './secret-get-or-create.rpc.js';

/** Looks up a secret that has A and B. */
const look = (requiredKeys: string[]) => {
  const row = { secretId: 'st-1', name: 'keys', keys: ['A', 'B'] };
  const parts = {
    secrets: { find: async () => row },
    environments: { resolve: async () => 'main' },
  };
  const call = { caller: { workspaceId: 'ac-1', principal: {} }, newId: () => 'st-2' };
  const request = SecretGetOrCreateRequest.fromPartial({
    deploymentName: 'keys',
    objectCreationType: ObjectCreationType.UNSPECIFIED,
    requiredKeys,
  });
  return secretGetOrCreate(parts as never)(request, call as never);
};

test('a secret that has the keys that are required is found', async () => {
  expect(await look(['A', 'B'])).toMatchObject({ secretId: 'st-1' });
});

/** The JavaScript client knows what is wrong by the words `Secret is missing key`. */
test('a secret that lacks keys is refused, and says which it has', async () => {
  await expect(look(['B', 'C', 'D'])).rejects.toThrow("Secret is missing key(s) C, D: 'keys' has A, B.");
});
