import { describeState } from '../testing/describe-state.testing.js';
import { newInput, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { replayLog } from './replay-log.js';
import { takeSnapshot } from './snapshot.js';

const HALF_AN_HOUR_MS = 30 * 60_000;

test('a call that a snapshot had let go of, and that went on afterwards, is read back from its stream', async () => {
  const scene = new SchedulerScene();
  await scene.deploy();
  const taskId = await scene.started();
  await scene.take(taskId);
  await scene.put(taskId, 'in-1');
  await scene.pass(HALF_AN_HOUR_MS, [taskId]);
  scene.process.scheduler.evict();
  expect(scene.process.state.calls.size).toBe(0);
  const saved = JSON.parse(JSON.stringify(takeSnapshot(scene.process.state))) as unknown;
  const snapshot = { position: scene.log.events.length, state: saved };
  await scene.requests['put-inputs']({
    callId: 'fc-1',
    workspaceId: WORKSPACE,
    inputs: [newInput('in-2', 1)],
  });
  const { state, position } = await replayLog(scene.log, snapshot);
  expect(position).toBe(scene.log.events.length);
  expect(describeState(state)).toBe(describeState(scene.process.state));
});
