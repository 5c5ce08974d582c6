import type { Drifts } from '@slipway/capacity-planner-core';
import type { Snapshot } from '@slipway/event-store';
import type { DriftLedger } from '../acting/drift-ledger.js';
import type { HostLedger, LedgerSoFar } from '../acting/host-ledger.js';
import type { PlannerJournal } from './planner-journal.js';
import type { DecidedSoFar, PlannerState } from './planner-state.js';

/** What is folded from the planner's log. */
export type FoldedParts = Readonly<{
  journal: PlannerJournal;
  state: PlannerState;
  ledger: HostLedger;
  drifts: DriftLedger;
}>;

/** Another one whenever what is folded changes its shape or its meaning. */
const FORMAT = 1;

/** The folded parts as plain data. Of plans only those are in it that may still be decided on: the rest is read from where it is kept. */
export type PlannerSnapshot = Readonly<{ format: typeof FORMAT; drifts: Drifts }> &
  DecidedSoFar &
  LedgerSoFar;

/** What the log says up to its position: an event is folded into all parts at once, so there is no moment between two of them. */
export const takeSnapshot = ({ journal, state, ledger, drifts }: FoldedParts) => ({
  position: journal.lastPosition,
  state: {
    format: FORMAT,
    ...state.soFar,
    ...ledger.soFar,
    drifts: drifts.drifts,
  } satisfies PlannerSnapshot,
});

/** Brings parts that are as on the first day to the end of the log; a snapshot of another format is left aside. Answers where it began. */
export const replayPlanner = async (
  { journal, state, ledger, drifts }: FoldedParts,
  saved: Snapshot | undefined,
): Promise<number> => {
  if (saved === undefined || !isKnown(saved.state)) {
    await journal.replay();
    return 0;
  }
  state.soFar = saved.state;
  ledger.soFar = saved.state;
  drifts.drifts = saved.state.drifts;
  await journal.replay(saved.position);
  return saved.position;
};

const isKnown = (state: unknown): state is PlannerSnapshot => (state as PlannerSnapshot).format === FORMAT;
