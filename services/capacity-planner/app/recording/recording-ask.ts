import {
  floorsOf,
  policyOf,
  termsOf,
  type DataHome,
  type Floors,
  type Host,
  type MeteredStep,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { HostLedger } from '../acting/host-ledger.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { Demand } from '../processes/read-demand/demand.js';

/** What forecasts may look back on before a period. */
const PAST_MS = 7 * 86_400_000;

/** What a process knows that a recording is made of, beside its stores. */
export type RecordingParts = Readonly<{
  databaseUrl: string;
  demand: Pick<Demand, 'unsaved'>;
  ledger: Pick<HostLedger, 'hosts'>;
  state: Pick<PlannerState, 'control'>;
  policy: PlanningPolicy;
  home?: DataHome;
}>;

/** All that a thread is told that records a period: plain values, and where the stores are. */
export type RecordingAsk = Readonly<{
  databaseUrl: string;
  from: Instant;
  until: Instant;
  /** From when on demand is told. */
  since: Instant;
  /** Demand that is not in the store yet. */
  unsaved: readonly MeteredStep[];
  hosts: readonly Host[];
  commitments: readonly CommitmentTerms[];
  floors: Floors;
  /** Where no plan says under which one it was made. */
  policy: PlanningPolicy;
  home?: DataHome;
}>;

export const recordingAsk = (
  { databaseUrl, demand, ledger, state: { control }, policy, home }: RecordingParts,
  from: Instant,
  until: Instant,
): RecordingAsk => {
  const since = from - PAST_MS;
  return {
    ...{ databaseUrl, from, until, since },
    unsaved: demand.unsaved(since),
    hosts: ledger.hosts,
    commitments: termsOf(control),
    floors: floorsOf(control),
    policy: policyOf(control, policy),
    ...(home === undefined ? {} : { home }),
  };
};
