import type { AnswerOf } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { SandboxGetTaskIdRequest } from '@slipway/protocol';
import { sandboxGetTaskId } from './sandbox-state.rpc.js';

const SANDBOX_ID = 'sb-00000000000000000000000000';
const exited = {
  lastEntry: 1,
  unfinishedInputs: 0,
  outputs: [
    { ...{ entry: 1, idx: 0, inputId: 'in-1', retryCount: 0 }, finishedAt: 0, outcome: { kind: 'success' } },
  ],
} satisfies AnswerOf<'scheduler.await-outputs'>;

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
