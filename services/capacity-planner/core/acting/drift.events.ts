import type { HostId } from './host.events.js';

/**
 * Where ledger, vendor and workers disagree. `paid-not-running`: money for nothing, its host is given back. `running-unpaid`: a
 * worker that no host of ours stands for. `vendor-not-asked`: a live host of a vendor that is not configured. The others are what a vendor's listing has, or has no more.
 */
export type DriftKind =
  | 'orphan'
  | 'came-late'
  | 'gone'
  | 'taken'
  | 'never-accepted'
  | 'bought-twice'
  | 'came-back'
  | 'paid-not-running'
  | 'running-unpaid'
  | 'vendor-not-asked';

/** One of them; `message` is for people. */
export type Drift = Readonly<{ kind: DriftKind; hostId: HostId; message: string }>;

/** Who showed it: a vendor by its name, or the workers. */
type Seen = Readonly<{ seenBy: string }>;

export type DriftFound = { type: 'drift-found'; data: Drift & Seen };
/** A later look finds it no more. */
export type DriftEnded = { type: 'drift-ended'; data: Pick<Drift, 'kind' | 'hostId'> & Seen };
export type DriftEvent = DriftFound | DriftEnded;
