import type { TaskAssignment } from '@slipway/contracts';
import { functionEntrypoint } from './function-entrypoint.js';

const config = { env: {}, entrypoint: ['/start.sh', '--quiet'] };

describe('the ENTRYPOINT of an image', () => {
  test('is run before the program of a function, with a web endpoint of its own too', () => {
    expect(functionEntrypoint({}, config)).toEqual(['/start.sh', '--quiet']);
    expect(functionEntrypoint({ web: { kind: 'asgi' } } as TaskAssignment, config)).toEqual(
      config.entrypoint,
    );
  });

  test('is none where the image has none, or its author took it away', () => {
    expect(functionEntrypoint({}, { env: {} })).toEqual([]);
    expect(functionEntrypoint({}, { env: {}, entrypoint: [] })).toEqual([]);
  });

  test("is in the words of a sandbox's program and of an image's server, and put before neither", () => {
    const sandbox = { program: { args: ['sleep', '1'] } } as unknown as TaskAssignment;
    const server = { web: { kind: 'server', startedBy: 'image' } } as unknown as TaskAssignment;
    expect(functionEntrypoint(sandbox, config)).toEqual([]);
    expect(functionEntrypoint(server, config)).toEqual([]);
  });
});
