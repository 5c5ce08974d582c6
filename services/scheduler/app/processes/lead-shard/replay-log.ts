import type { EventLog } from '@slipway/kernel';
import {
  foldEvent,
  HotState,
  restoreSnapshot,
  type HotStateSnapshot,
  type SchedulerEvent,
} from '@slipway/scheduler-core';
import type { Snapshots } from '@slipway/event-store';

const BATCH = 5_000;

export type Replayed = Readonly<{ state: HotState; position: number; replayedEvents: number }>;

/** How a log is replayed: the newest snapshot, then every event after it. */
export const replayLog = async (log: EventLog, snapshots: Snapshots): Promise<Replayed> => {
  const snapshot = await snapshots.load();
  const restored = snapshot && restoreSnapshot(snapshot.state as HotStateSnapshot);
  const state = restored ?? new HotState();
  let position = restored === undefined ? 0 : (snapshot?.position ?? 0);
  let replayedEvents = 0;
  for (;;) {
    const events = await log.read(position, BATCH);
    for (const event of events) {
      foldEvent(state, { type: event.type, data: event.data } as SchedulerEvent, event.at);
      state.versions.set(event.stream, event.version);
      position = event.position;
    }
    replayedEvents += events.length;
    if (events.length < BATCH) return { state, position, replayedEvents };
  }
};
