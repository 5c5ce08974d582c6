import { ObjectCreationType } from '@slipway/protocol';
import { getOrCreateStateObject } from './state-objects.js';

const call = { caller: { workspaceId: 'ws-1', principal: {} }, newId: () => 'di-1' };
const asked = {
  deploymentName: 'other',
  environmentName: 'main',
  objectCreationType: ObjectCreationType.CREATE_IF_MISSING,
};

test('a request whose id is taken by what it made before under another name is refused, and goes not round for ever', async () => {
  let tries = 0;
  const objects = {
    kind: 'dict',
    find: () => Promise.resolve(undefined),
    create: () => Promise.resolve((tries += 1) < 0),
  };
  const environments = { resolve: () => Promise.resolve('main') };
  const made = getOrCreateStateObject({ objects, environments } as never, asked, call as never);
  await expect(made).rejects.toThrow("that is not called 'other'");
  expect(tries).toBe(3);
});
