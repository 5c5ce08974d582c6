import { TaskExecStartRequest } from '@slipway/protocol';
import { readStartExec } from './start-exec.js';

test.each([
  { secretIds: ['st-1'] },
  { secretSources: [{ source: { $case: 'secretId', value: 'st-1' } as const }] },
])('a command gets only secrets that whoever starts it may read: %j', async (named) => {
  const asked: unknown[] = [];
  const bus = {
    request: async (_name: string, ask: unknown) => (asked.push(ask), { env: { A: 'a' } }) as never,
  };
  const admitted = { taskId: 'ta-1', workspaceId: 'ac-1', readable: { only: ['dev'] } };
  const request = TaskExecStartRequest.fromPartial({ execId: 'ex-1', commandArgs: ['true'], ...named });
  expect(await readStartExec(bus, admitted, request)).toMatchObject({ env: { A: 'a' } });
  expect(asked).toEqual([{ workspaceId: 'ac-1', secretIds: ['st-1'], readable: { only: ['dev'] } }]);
});
