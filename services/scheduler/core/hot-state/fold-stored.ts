import type { StoredEvent } from '@slipway/kernel';
import type { SchedulerEvent } from '../scheduler-event.js';
import { foldEvent } from './fold-event.js';
import type { HotState } from './hot-state.js';

/** Folds events as the log holds them, in its order. */
export const foldStored = (state: HotState, events: readonly StoredEvent[]): void => {
  for (const { type, data, at, stream, version } of events) {
    state.versions.set(stream, version);
    foldEvent(state, { type, data } as SchedulerEvent, at);
  }
};
