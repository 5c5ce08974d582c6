import { createVolumes } from './create-volumes.js';

const ask = {
  workspaceId: 'ws-1',
  volumeId: 'vo-1',
  environment: 'main',
  createdBy: 'ada',
  how: 'open',
} as const;

test('a request whose id is taken by what it made before under another name is refused, and goes not round for ever', async () => {
  let tries = 0;
  const volumes = {
    findNamed: () => Promise.resolve(undefined),
    create: () => Promise.resolve((tries += 1) < 0),
  };
  const { open } = createVolumes({ volumes: volumes as never, now: () => 1 });
  await expect(open({ ...ask, name: 'other' } as never)).rejects.toThrow("that is not called 'other'");
  expect(tries).toBe(3);
});
