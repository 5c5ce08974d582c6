import type { AnswerOf, Outcome } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { GenericResult_GenericStatus as Status, SandboxGetTaskIdRequest } from '@slipway/protocol';
import { sandboxGetTaskId, sandboxWait } from './sandbox-state.rpc.js';

const SANDBOX_ID = 'sb-00000000000000000000000000';
const endedAs = (outcome: Outcome): AnswerOf<'scheduler.await-outputs'> => ({
  lastEntry: 1,
  unfinishedInputs: 0,
  outputs: [{ ...{ entry: 1, idx: 0, inputId: 'in-1', retryCount: 0 }, finishedAt: 0, outcome }],
});
const exited = endedAs({ kind: 'success' });

/** Asks for the container of a sandbox; `tasks` is what the scheduler answers, one after the other. */
const ask = async (timeout: number, ...tasks: readonly (AnswerOf<'scheduler.await-task'> | Error)[]) => {
  const asked: unknown[] = [];
  const left = [...tasks];
  const park = async (name: string, body: object): Promise<unknown> => {
    asked.push([name, body]);
    if (name === 'scheduler.await-outputs') return exited;
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const call = { caller: { workspaceId: 'ac-1' } } as never;
  const request = SandboxGetTaskIdRequest.fromPartial({ sandboxId: SANDBOX_ID, timeout });
  const answer = await sandboxGetTaskId({ bus: { park } as never })(request, call);
  return { answer, asked };
};

const TASK_QUESTION = [
  'scheduler.await-task',
  { workspaceId: 'ac-1', callId: 'fc-00000000000000000000000000', waitMs: 25_000 },
];

test('who waits for the container of a sandbox asks the scheduler once, of this one call', async () => {
  const { answer, asked } = await ask(30, { taskId: 'ta-1', unfinishedInputs: 1 });
  expect(answer).toMatchObject({ taskId: 'ta-1', taskResult: undefined });
  expect(asked).toEqual([TASK_QUESTION]);
});

test('a question that was held for its time is asked again while the client waits', async () => {
  const { answer, asked } = await ask(30, { unfinishedInputs: 1 }, { taskId: 'ta-1', unfinishedInputs: 1 });
  expect(answer.taskId).toBe('ta-1');
  expect(asked).toEqual([TASK_QUESTION, TASK_QUESTION]);
});

test('a sandbox that ended without a container answers how', async () => {
  const { answer } = await ask(30, { unfinishedInputs: 0 });
  expect(answer).toMatchObject({ taskId: undefined, taskResult: { exitcode: 0 } });
});

test('nothing is answered when the time of the client is over', async () => {
  const { answer } = await ask(0, { unfinishedInputs: 1 });
  expect(answer).toEqual({ taskId: undefined, taskResult: undefined });
});

test('a sandbox that is not there, or is of others, is refused', async () => {
  const none = new RefusedError(refuse('not-found', 'function call-not-found', 'there is no function call'));
  await expect(ask(30, none)).rejects.toThrow(none);
});

/** Waits for a sandbox whose one input ended so. */
const wait = async (outcome: Outcome) => {
  const bus = { park: async () => endedAs(outcome), request: async () => ({ appId: 'ap-1' }) };
  const call = { caller: { workspaceId: 'ac-1' } } as never;
  return (await sandboxWait({ bus: bus as never })({ sandboxId: SANDBOX_ID, timeout: 0 }, call)).result;
};

test('a program that ended by itself answers its own exit code', async () => {
  const payload = (code: string) => ({ inline: Buffer.from(code).toString('base64') });
  expect(await wait({ kind: 'success', payload: payload('0') })).toMatchObject({
    status: Status.SUCCESS,
    exitcode: 0,
  });
  expect(await wait({ kind: 'success', payload: payload('3') })).toMatchObject({
    status: Status.FAILURE,
    exitcode: 3,
  });
});

test.each(['init-failure', 'user-error', 'host-lost', 'platform-error', 'out-of-memory'] as const)(
  'a sandbox that ended by %s has no exit code of success, and says why',
  async (kind) => {
    expect(await wait({ kind, exception: 'why' })).toMatchObject({ exitcode: 1, exception: 'why' });
  },
);
