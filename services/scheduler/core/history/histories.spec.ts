import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from '@slipway/kernel';
import { restoreSnapshot, takeSnapshot } from '../hot-state/snapshot.js';
import { describeState } from '../testing/describe-state.testing.js';
import { foldAll } from '../testing/scheduler-process.testing.js';

type History = Readonly<{ note: string; events: readonly StoredEvent[]; endState: object }>;

const histories = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));

/** The arguments of inputs that had ended were still kept when some of the files were recorded. */
const withArgumentsLetGo = (_key: string, value: { status?: string } | null): unknown =>
  value?.status === 'finished' ? { ...value, args: { inline: '' } } : value;

// A recorded file is never edited: a log that was once written must give the same state for ever.
describe('recorded histories', () => {
  test.each(histories)('%s folds to the state that was recorded with it', (file) => {
    const recorded = readFileSync(join(import.meta.dirname, file), 'utf8');
    const { events, endState } = JSON.parse(recorded, withArgumentsLetGo) as History;
    const state = foldAll(events);
    // What the state has learned to say since is not in the file.
    expect(JSON.parse(describeState(state))).toMatchObject(endState);
    const restored = restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(state))));
    expect(describeState(restored!)).toEqual(describeState(state));
  });

  test('there are histories', () => {
    expect(histories.length).toBeGreaterThan(0);
  });
});
