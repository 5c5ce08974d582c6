import type { TaskId } from '@slipway/contracts';
import type { SpendGate, StartAnswer } from '../policies/spending/spend-gate.js';
import { settleTurns } from '../testing/virtual-clock.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

/** Money that a spec gives out by hand. */
class Purse implements SpendGate {
  answer: StartAnswer = { kind: 'waiting' };
  readonly covered = new Map<TaskId, number>();
  readonly refused = new Map<TaskId, string>();
  readonly extended: TaskId[] = [];
  readonly over: TaskId[] = [];
  isCapped = (): boolean => true;
  start = (): StartAnswer => this.answer;
  started = (): void => {
    this.answer = { kind: 'waiting' };
  };
  extend = (taskId: TaskId): void => {
    this.extended.push(taskId);
  };
  coveredUntil = (taskId: TaskId): number => this.covered.get(taskId) ?? 0;
  refusal = (taskId: TaskId): string | undefined => this.refused.get(taskId);
  ended = (taskId: TaskId): void => {
    this.over.push(taskId);
  };
}

const HOUR_MS = 3_600_000;
let purse: Purse;
let scene: SchedulerScene;

beforeEach(async () => {
  purse = new Purse();
  scene = new SchedulerScene(purse);
  await scene.sync();
  await scene.deploy();
});

const started = (): readonly string[] => scene.types().filter((type) => type === 'task-created');

test('no container starts before its money is held, and it gets the id that it is held for', async () => {
  await scene.call('fc-1', ['in-1']);
  await scene.pass(1_000);
  expect(started()).toEqual([]);
  purse.answer = { kind: 'held', taskId: 'ta-paid' };
  const plan = await scene.sync();
  await scene.pass(500);
  expect((await scene.sync()).start.concat(plan.start).map(({ taskId }) => taskId)).toContain('ta-paid');
  expect(started()).toHaveLength(1);
});

test('where nothing can start any more those that wait are told why, with the figures', async () => {
  await scene.call('fc-1', ['in-1', 'in-2']);
  purse.answer = { kind: 'refused', message: 'The budget of the workspace is 1.00 USD' };
  await scene.pass(500);
  const { outputs } = await scene.outputs('fc-1');
  expect(outputs.map(({ outcome }) => outcome.exception)).toEqual([
    'The budget of the workspace is 1.00 USD',
    'The budget of the workspace is 1.00 USD',
  ]);
  expect(started()).toEqual([]);
});

test('a container gets an input only if its money lasts for all of it', async () => {
  purse.answer = { kind: 'held', taskId: 'ta-paid' };
  await scene.call('fc-1', ['in-1']);
  await scene.sync(['ta-paid']);
  await scene.ready('ta-paid');
  purse.covered.set('ta-paid', scene.clock.now() + 25_000);
  const taken = scene.take('ta-paid');
  await settleTurns();
  await scene.pass(1_000, ['ta-paid']);
  expect(scene.types()).not.toContain('input-started');
  expect(purse.extended).toContain('ta-paid');
  purse.covered.set('ta-paid', scene.clock.now() + HOUR_MS);
  await scene.pass(1_000, ['ta-paid']);
  expect((await taken).inputs.map(({ inputId }) => inputId)).toEqual(['in-1']);
});

test('one for which there is no more money finishes its input and ends', async () => {
  purse.answer = { kind: 'held', taskId: 'ta-paid' };
  purse.covered.set('ta-paid', scene.clock.now() + HOUR_MS);
  await scene.call('fc-1', ['in-1']);
  await scene.sync(['ta-paid']);
  await scene.ready('ta-paid');
  await scene.take('ta-paid');
  purse.refused.set('ta-paid', 'The budget of the workspace is 1.00 USD');
  await scene.pass(1_000, ['ta-paid']);
  expect((await scene.sync(['ta-paid'])).stop).toEqual([
    { taskId: 'ta-paid', how: 'drain', reason: 'stopped' },
  ]);
  await scene.put('ta-paid', 'in-1');
  expect((await scene.outputs('fc-1')).outputs.map(({ outcome }) => outcome.kind)).toEqual(['success']);
});

test('one whose money is over is interrupted, also while it finishes its input', async () => {
  purse.answer = { kind: 'held', taskId: 'ta-paid' };
  purse.covered.set('ta-paid', scene.clock.now() + HOUR_MS);
  await scene.call('fc-1', ['in-1']);
  await scene.sync(['ta-paid']);
  await scene.ready('ta-paid');
  await scene.take('ta-paid');
  purse.refused.set('ta-paid', 'The budget of the workspace is 1.00 USD');
  await scene.pass(1_000, ['ta-paid']);
  purse.covered.set('ta-paid', scene.clock.now() + 15_000);
  await scene.pass(1_000, ['ta-paid']);
  expect((await scene.sync(['ta-paid'])).stop).toEqual([
    { taskId: 'ta-paid', how: 'graceful', reason: 'stopped' },
  ]);
});
