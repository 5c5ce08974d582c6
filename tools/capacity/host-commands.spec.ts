import type { PublicApi } from '../platform/open-public-api.ts';
import { parseArguments } from '../terminal/parse-arguments.ts';
import { hostCommands, readWriteOff } from './host-commands.ts';
import { planOptions } from './usages.ts';

const parsed = (...words: string[]) => parseArguments(words, { ...planOptions }, 40);

test('a host is written off at a moment, or now, for a reason', async () => {
  const asked: unknown[] = [];
  const answer = { hostId: 'h-1', status: 'ended', endedAt: '2026-12-01T00:00:00.000Z', costMicroUsd: 1e6 };
  const api = { send: async (...ask: unknown[]) => (asked.push(ask), answer) } as unknown as PublicApi;
  const run = hostCommands['write-off'](api, ['h-1'], parsed('--reason', 'closed', '--at', '2026-12-01'));
  expect(await run).toEqual({ answer, shown: 'h-1: ended 2026-12-01T00:00:00.000Z, cost $1.00' });
  expect(asked).toEqual([
    ['POST', '/capacity/hosts/h-1/write-off', { reason: 'closed', at: '2026-12-01T00:00:00.000Z' }],
  ]);
  expect(readWriteOff(parsed('--reason', 'closed'))).toEqual({ reason: 'closed' });
});

test.each([
  [[], ['--reason', 'closed'], /the host is not named/],
  [['h-1'], [], /--reason is not given/],
  [['h-1'], ['--reason', 'closed', '--at', 'then'], /--at is then; write a day such as/],
])('%j with %j is a mistake that is said', async (words, options, message) => {
  const run = async () => hostCommands['write-off']({} as PublicApi, words, parsed(...options));
  await expect(run()).rejects.toThrow(message);
});
