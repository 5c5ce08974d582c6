import { Readable, Writable } from 'node:stream';
import { TaskExecStartRequest, TaskExecWaitRequest } from '@slipway/protocol';
import { ContainerExecs } from '../exec/container-execs.js';
import { execRpcs } from './exec-rpcs.js';

const MANY = 150;
const names = Array.from({ length: MANY }, (_, index) => `p${index}`);

/** The commands of one container, whose programs end with this code as soon as they are started. */
const container = (exitCode: number) => {
  const run = async () => ({
    stdin: new Writable(),
    stdout: Readable.from([]),
    stderr: Readable.from([]),
    exited: Promise.resolve(exitCode),
    kill: async () => undefined,
  });
  const process = { env: [], cwd: '/' };
  const execs = new ContainerExecs(
    { exec: run } as never,
    { id: 'ta-1', folder: '/nowhere', process } as never,
  );
  const rpcs = execRpcs({} as never, { find: () => ({ execs }) } as never, {
    taskId: 'ta-1',
    workspaceId: 'ac-1',
    readable: { only: [] },
  });
  return {
    start: (execId: string) =>
      rpcs.taskExecStart(TaskExecStartRequest.fromPartial({ taskId: 'ta-1', execId, commandArgs: ['true'] })),
    wait: (execId: string) => rpcs.taskExecWait(TaskExecWaitRequest.fromPartial({ taskId: 'ta-1', execId })),
    poll: (execId: string) => rpcs.taskExecPoll({ taskId: 'ta-1', execId }),
  };
};
const code = (value: number) => ({ exitStatus: { $case: 'code', value } });

test('who starts many programs and then asks for each is told of all of them', async () => {
  const { start, poll } = container(7);
  for (const name of names) await start(name);
  for (const name of names) expect(await poll(name)).toEqual(code(7));
});

test('of programs whose ends were told, the oldest are kept no longer, and that is said', async () => {
  const { start, poll } = container(0);
  for (const name of names) {
    await start(name);
    await poll(name);
  }
  await expect(poll('p0')).rejects.toThrow('its end is no longer kept');
  expect(await poll(names.at(-1)!)).toEqual(code(0));
});

test('the answer to a wait tells an end as well as that to a poll', async () => {
  const { start, poll, wait } = container(0);
  await start('untold');
  await start('told');
  await wait('told');
  for (const name of names.slice(0, 100)) await start(name);
  expect(await poll('untold')).toEqual(code(0));
  await expect(poll('told')).rejects.toThrow('its end is no longer kept');
});
