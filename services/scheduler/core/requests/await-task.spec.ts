import type { AnswerOf } from '@slipway/contracts';
import { newInput, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const scene = async (): Promise<SchedulerScene> => {
  const made = new SchedulerScene();
  await made.deploy();
  return made;
};

/** The request, and what it answered so far. */
const awaiting = (made: SchedulerScene, waitMs = 25_000) => {
  const told: AnswerOf<'scheduler.await-task'>[] = [];
  const answer = made.requests['await-task']({ workspaceId: WORKSPACE, callId: 'fc-1', waitMs });
  void answer.then((answered) => told.push(answered));
  return { answer, told };
};

test('the container of a call is told when it is ready, and no sooner', async () => {
  const made = await scene();
  const taskId = await made.started();
  const { answer, told } = awaiting(made);
  await made.pass(1_000);
  expect(told).toEqual([]);
  await made.ready(taskId);
  expect(await answer).toEqual({ taskId, unfinishedInputs: 1 });
  expect(await awaiting(made).answer).toEqual({ taskId, unfinishedInputs: 1 });
});

test('a call that has ended without one is told as such', async () => {
  const made = await scene();
  await made.started();
  const { answer } = awaiting(made);
  await made.requests['cancel-call']({ workspaceId: WORKSPACE, callId: 'fc-1', terminateContainers: true });
  expect(await answer).toEqual({ unfinishedInputs: 0 });
});

test('one that waits for longer than asked is answered without one', async () => {
  const made = await scene();
  await made.started();
  const { answer, told } = awaiting(made, 1_000);
  await made.pass(999);
  expect(told).toEqual([]);
  await made.pass(1);
  expect(await answer).toEqual({ unfinishedInputs: 1 });
});

test('the containers of other functions and the calls of other workspaces say nothing', async () => {
  const made = await scene();
  const taskId = await made.started();
  const { told } = awaiting(made);
  await made.requests['create-function']({
    ...{ appId: 'ap-1', workspaceId: WORKSPACE, functionId: 'fu-2', definitionDigest: 'd' },
    spec: made.process.state.resolve('fu-1')!.spec,
  });
  await made.requests['create-call']({
    ...{ callId: 'fc-2', functionId: 'fu-2', workspaceId: WORKSPACE },
    ...{ shape: 'unary', invocation: 'async', inputs: [newInput('in-2', 0)] },
  });
  const { start } = await made.sync();
  await made.ready(start.find((task) => task.taskId !== taskId)!.taskId);
  expect(told).toEqual([]);
  await expect(
    made.requests['await-task']({ workspaceId: 'ws-2', callId: 'fc-1', waitMs: 0 }),
  ).rejects.toThrow('there is no function call fc-1');
});
