import type { NewEvent } from '@slipway/kernel';
import { HotState } from './hot-state/hot-state.js';
import { Journal } from './journal.js';
import type { SchedulerEvent } from './scheduler-event.js';
import { settleTurns } from './testing/virtual-clock.testing.js';

const joined = (workerId: string): SchedulerEvent => ({
  type: 'worker-joined',
  data: { workerId, bootId: 'b', capacity: { milliCpu: 1, memoryMiB: 1, gpus: [], runtime: 'runc' } },
});

/** A log whose commits end when the test says so. */
const heldLog = () => {
  const commits: { events: readonly NewEvent[]; end: () => void; fail: (error: Error) => void }[] = [];
  const fenced: unknown[] = [];
  const state = new HotState();
  const journal = new Journal(state, {
    append: (events) => new Promise((end, fail) => commits.push({ events, end, fail })),
    yieldTurn: settleTurns,
    fenced: (error) => fenced.push(error),
  });
  return { commits, fenced, state, journal };
};

const isDone = async (promise: Promise<void>): Promise<boolean> => {
  let done = false;
  void promise.then(() => (done = true));
  await settleTurns();
  return done;
};

describe('the journal', () => {
  test('events change the state at once and share a commit', async () => {
    const { commits, state, journal } = heldLog();
    journal.record([joined('a')], 1);
    journal.record([joined('b'), joined('a')], 2);
    expect(state.workers.size).toBe(2);
    await settleTurns();
    expect(commits).toHaveLength(1);
    expect(commits[0]?.events.map(({ stream, version }) => [stream, version])).toEqual([
      ['worker-a', 1],
      ['worker-b', 1],
      ['worker-a', 2],
    ]);
  });

  test('state, log and the asker have an event as the log can hold it', async () => {
    const { commits, state, journal } = heldLog();
    const drained: SchedulerEvent = {
      type: 'worker-drain-requested',
      data: { workerId: 'a', reason: 'torn\0 \udc00' },
    };
    journal.record([joined('a')], 1);
    const recorded = journal.record([drained], 1);
    await settleTurns();
    const reason = 'torn \ufffd';
    expect(recorded).toMatchObject([{ data: { reason } }]);
    expect(commits[0]?.events.slice(1)).toMatchObject([{ data: { reason } }]);
    expect(state.workers.get('a')?.leaving).toBe(reason);
  });

  test('what comes while a commit is on its way goes into the next', async () => {
    const { commits, journal } = heldLog();
    journal.record([joined('a')], 1);
    await settleTurns();
    journal.record([joined('b')], 2);
    journal.record([joined('c')], 3);
    await settleTurns();
    expect(commits).toHaveLength(1);
    commits[0]?.end();
    await settleTurns();
    await settleTurns();
    expect(commits[1]?.events).toHaveLength(2);
  });

  test('an answer waits for the commit that holds what it tells of', async () => {
    const { commits, journal } = heldLog();
    expect(await isDone(journal.committed())).toBe(true);
    journal.record([joined('a')], 1);
    const first = journal.committed();
    await settleTurns();
    journal.record([joined('b')], 2);
    const second = journal.committed();
    commits[0]?.end();
    expect(await isDone(first)).toBe(true);
    expect(await isDone(second)).toBe(false);
    expect(journal.isSettled()).toBe(false);
    await settleTurns();
    commits[1]?.end();
    expect(await isDone(second)).toBe(true);
    await settleTurns();
    expect(journal.isSettled()).toBe(true);
  });

  test('a reader of what is not yet durable waits too', async () => {
    const { commits, journal } = heldLog();
    journal.record([joined('a')], 1);
    await settleTurns();
    const reading = journal.committed();
    expect(await isDone(reading)).toBe(false);
    commits[0]?.end();
    expect(await isDone(reading)).toBe(true);
  });

  test('once a commit has failed nothing is answered any more', async () => {
    const { commits, fenced, journal } = heldLog();
    journal.record([joined('a')], 1);
    await settleTurns();
    commits[0]?.fail(new Error('another process leads'));
    await settleTurns();
    expect(fenced).toHaveLength(1);
    journal.record([joined('b')], 2);
    expect(await isDone(journal.committed())).toBe(false);
    expect(commits).toHaveLength(1);
    expect(journal.isSettled()).toBe(false);
  });
});
