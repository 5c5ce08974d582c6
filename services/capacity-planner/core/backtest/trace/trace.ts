import type { CommitmentTerms, DemandShape } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Offer, Quota } from '../../catalogue/offer.js';
import type { GroupId } from '../../demand/demand-group.js';
import type { DataHome } from '../../demand/group-of-key.js';
import type { MarketEvent } from '../replay/recorded-event.js';

/** A group as a trace names it. Its pins are as broad as they were written: which offers meet them is the catalogue's matter. */
export type TraceGroup = Readonly<{
  groupId: GroupId;
  shape: DemandShape;
  floorContainers: number;
  home?: DataHome;
}>;

/** What a trace says of its time; what it leaves out follows from its rows. */
export type TraceSpan = Readonly<{
  name?: string;
  from?: Instant;
  until?: Instant;
  stepMs?: number;
  warmUpMs?: number;
  /** Where `until` is not said: the last moment of which there is a row about demand. */
  lastAt?: Instant;
}>;

/** From `at` on so many containers more, or less, are wanted. */
export type DemandChange = Readonly<{ at: Instant; groupId: GroupId; containers: number }>;

/** What hosts really did in a recorded period; all of it integers. */
export type Happened = Readonly<{
  costMicroUsd: number;
  starts: number;
  stops: number;
  refused: number;
  taken: number;
  /** GPUs (slots where none are needed) times the time that they were wanted, and of it the time without a host, where that was metered. */
  wantedGpuMs?: number;
  waitedGpuMs?: number;
  /** Of the cost, which is at list prices, what commitments paid; left out where there were none. */
  coveredMicroUsd?: number;
}>;

/** A stretch of time as it was written down: by a planner's site, or of somebody's public cluster. */
export type Trace = Readonly<{
  span: TraceSpan;
  groups: readonly TraceGroup[];
  demand: readonly DemandChange[];
  offers: readonly Readonly<{ at: Instant; offer: Offer }>[];
  quotas: readonly Quota[];
  /** What was committed to at vendors, and paid for whether it was used or not. */
  commitments: readonly CommitmentTerms[];
  market: readonly MarketEvent[];
  /** The policy that was in force, as plain data; read by `changedPolicy`. */
  policy?: unknown;
  happened?: Happened;
  /** What the trace itself says for people. */
  notes: readonly string[];
}>;
