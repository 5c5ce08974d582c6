import type { EventLog, StoredEvent } from '@slipway/kernel';
import { foldStored } from './fold-stored.js';
import { HotState } from './hot-state.js';
import { readPages } from './read-pages.js';
import { recallFunction } from './recall.js';
import { restoreSnapshot, type HotStateSnapshot } from './snapshot.js';

const BATCH = 5_000;

type Log = Pick<EventLog, 'read' | 'readStream'>;
/** The newest one that was saved: what the log says up to its position. */
type SavedSnapshot = Readonly<{ position: number; state: unknown }>;

export type Replayed = Readonly<{ state: HotState; position: number; replayedEvents: number }>;

/** How a log is replayed: the newest snapshot, then every event after it. */
export const replayLog = async (log: Log, snapshot: SavedSnapshot | undefined): Promise<Replayed> => {
  const restored = snapshot && restoreSnapshot(snapshot.state as HotStateSnapshot);
  const state = restored ?? new HotState();
  let position = restored === undefined ? 0 : (snapshot?.position ?? 0);
  let replayedEvents = 0;
  for (;;) {
    const events = await log.read(position, BATCH);
    for (const event of events) {
      if (followsOnEvicted(state, event)) await foldUpTo(state, log, event);
      foldStored(state, [event]);
      position = event.position;
    }
    replayedEvents += events.length;
    if (events.length < BATCH) break;
  }
  await recallCalled(state, log);
  return { state, position, replayedEvents };
};

/** A function may have been read back for inputs that wait, or for containers that live: the log tells of these alone. */
const recallCalled = async (state: HotState, log: Log): Promise<void> => {
  const called = [...state.calls.values()].filter(({ callId }) => state.unfinishedOfCall.has(callId));
  const functionIds = new Set([
    ...called.map(({ functionId }) => functionId),
    ...state.tasksOfFunction.keys(),
  ]);
  for (const functionId of functionIds) await recallFunction({ state, ports: log }, functionId);
};

/** Whether the event is of something that a snapshot had let go of, and that was read back after it. */
const followsOnEvicted = (state: HotState, { stream, version }: StoredEvent): boolean =>
  (state.versions.get(stream) ?? 0) < version - 1;

const foldUpTo = async (state: HotState, log: Log, { stream, version }: StoredEvent): Promise<void> => {
  for await (const page of readPages(log, stream)) {
    foldStored(
      state,
      page.filter((earlier) => earlier.version < version),
    );
    if (page.some((later) => later.version >= version)) return;
  }
};
