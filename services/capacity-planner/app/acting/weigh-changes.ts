import {
  agreedChanges,
  guardChanges,
  leftOutOf,
  changedOfferId,
  planChanges,
  policyAt,
  restsUntil,
  termsOf,
  type Change,
  type Guarded,
  type HeldChange,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { PlannerState } from '../journal/planner-state.js';
import type { KeptPlan } from '../processes/plan-capacity/ports.js';
import type { HostLedger } from './host-ledger.js';
import type { LookAtWorkers } from './look-at-workers.js';

export type Weighing = Readonly<{
  ledger: HostLedger;
  workers: LookAtWorkers;
  state: PlannerState;
  policy: PlanningPolicy;
  at: Instant;
  /** Vendors that say now which hosts they have. */
  seen: ReadonlySet<string>;
}>;

/** The plan that is carried out, and a newer one that a person keeps from being in force. */
export type Followed = Readonly<{ inForce: KeptPlan; heldBack?: KeptPlan | undefined }>;

/** What of a plan is done now, which plan's cycle it counts for, and what waits for what. */
export type Weighed = Guarded & Readonly<{ planId: string }>;

/** Sets what a plan wants beside the hosts that there are, and that beside all that may hold it back. */
export const weighChanges = ({ inForce, heldBack }: Followed, weighing: Weighing): Weighed => {
  const { ledger, workers, state, policy, at, seen } = weighing;
  // What is done while a newer plan is held back is what that one wants too: it counts as its own.
  const { stored, problem } = heldBack ?? inForce;
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  const { hosts } = ledger;
  const changesOf = ({ stored: { plan } }: KeptPlan): readonly Change[] =>
    planChanges(plan, { hosts, offers, containersOn: (host) => workers.containersOn(host) });
  const all = changesOf(inForce);
  const leftOut = leftOutOf(state.decisions, inForce.stored.planId);
  const wanted = all.filter((change) => !leftOut.has(changedOfferId(change)));
  const awaited = heldBack === undefined ? [] : changesOf(heldBack);
  const changes = heldBack === undefined ? wanted : agreedChanges(wanted, awaited);
  const { guardrails, excluded = [], pins = [] } = policyAt(state.control, at, policy);
  const { now, held } = guardChanges(changes, {
    ...{ at, planId: stored.planId, hosts, guardrails, excluded, pins },
    plannedPins: problem.policy.pins ?? [],
    awaited: [...wanted, ...awaited],
    commitments: termsOf(state.control),
    seen: {
      pricesAt: Math.max(0, ...problem.offers.map(({ pricedAt }) => pricedAt)),
      forecastAt: problem.forecast.madeAt,
    },
    awaySince: (vendor) => (seen.has(vendor) ? undefined : (ledger.vendorsSeenAt.get(vendor) ?? 0)),
    wasWeighed: (offerId) => offers.has(offerId),
    restsUntil: (offerId) => restsUntil(ledger.lessons, offerId, at),
  });
  const disagreed = wanted
    .filter((change) => !changes.includes(change))
    .map((change): HeldChange => ({
      change,
      heldBy: 'approval',
      because: `${stored.planId}, which is newer and waits for a person or was rejected, does not want it`,
    }));
  const unagreed = all
    .filter((change) => leftOut.has(changedOfferId(change)))
    .map((change): HeldChange => ({
      change,
      heldBy: 'approval',
      because: `${inForce.stored.planId} was approved without it`,
    }));
  return { planId: stored.planId, now, held: [...held, ...disagreed, ...unagreed] };
};
