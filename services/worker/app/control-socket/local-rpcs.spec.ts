import { localRpcs } from './local-rpcs.js';

test.each([
  [true, 'answers'],
  [false, 'does not answer'],
])('where it is %s that a container is a server, its worker %s for a tunnel', (isServer, answers) => {
  const rpcs = localRpcs({} as never, { assignment: {} } as never, { isServer } as never);
  expect(rpcs.tunnelStart === undefined).toBe(answers !== 'answers');
  expect(rpcs.containerHello).toBeDefined();
});
