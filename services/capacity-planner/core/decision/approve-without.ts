import type { CapacityChange } from '@slipway/contracts';
import { isRefusal, refuse, type Decision, type Instant } from '@slipway/kernel';
import type { OffersPinned } from '../control/control.events.js';
import type { HeldNodes } from '../plan/diff-plans.js';
import { VERDICT_HOLDS_MS } from './approval-of.js';
import type { PlanApproved } from './plan-decision.events.js';
import { approve, type PlanDecisions } from './plan-decision.js';

type Approval = Readonly<{
  planId: string;
  by: string;
  at: Instant;
  /** What the plan changes, and which of it is left out, by offer. */
  changes: readonly CapacityChange[];
  without: readonly string[];
  paidMicroUsdPerHourAfter: number;
  /** What serves or starts at this moment: since the plan was made hosts may have joined or ended. */
  heldNow: HeldNodes;
}>;

/**
 * Puts a plan in force but for the changes of some offers. These are pinned as they are now for as long as the verdict holds, so
 * that neither this plan nor the next ones make the change after all; and what is agreed to is what the rest of the plan spends.
 */
export const approveWithout = (
  decisions: PlanDecisions,
  { planId, by, at, changes, without, paidMicroUsdPerHourAfter, heldNow }: Approval,
): Decision<PlanApproved | OffersPinned> => {
  const unknown = without.find((offerId) => !changes.some((change) => change.offerId === offerId));
  if (unknown !== undefined) {
    const there = changes.map(({ action, offerId }) => `${action} '${offerId}'`).join(', ');
    return refuse(
      'not-found',
      'no-such-change',
      `Plan ${planId} changes nothing of '${unknown}'; its changes are: ${there === '' ? 'none' : there}.`,
    );
  }
  const left = changes.filter(({ offerId }) => without.includes(offerId));
  const saved = left.reduce((sum, { microUsdPerHour }) => sum + microUsdPerHour, 0);
  const approved = approve(decisions, {
    ...{ planId, by },
    ...(left.length === 0
      ? {}
      : {
          without: left.map(({ offerId }) => offerId),
          // A host that is kept after all may be one that a commitment pays for: no more is agreed to than was shown.
          paidMicroUsdPerHour: paidMicroUsdPerHourAfter - Math.max(0, saved),
        }),
  });
  if (isRefusal(approved)) return approved;
  if (approved.length === 0) return alreadyAs(decisions, planId, without);
  return [
    ...approved,
    ...left.flatMap((change) =>
      holdAsItIs(change, heldNow, {
        until: at + VERDICT_HOLDS_MS,
        by,
        reason: `left out of ${planId}`,
        planId,
      }),
    ),
  ];
};

/** No more than there are now where the plan wants more than that, no fewer where it does not; of none there are none to keep. */
const holdAsItIs = (
  { offerId, nodesAfter }: CapacityChange,
  heldNow: HeldNodes,
  verdict: Omit<OffersPinned['data'], 'filter' | 'least' | 'most'>,
): readonly OffersPinned[] => {
  const nodes = heldNow.get(offerId) ?? 0;
  const bound = nodesAfter > nodes ? { most: nodes } : { least: nodes };
  return bound.least === 0
    ? []
    : [{ type: 'offers-pinned', data: { filter: { offerId }, ...bound, ...verdict } }];
};

/** The same verdict again is no news; another selection of changes is another verdict. */
const alreadyAs = (
  { verdict }: PlanDecisions,
  planId: string,
  without: readonly string[],
): Decision<never> => {
  const { without: leftOut = [], by = '' } = verdict?.decided ?? {};
  const asked = [...new Set(without)];
  if (asked.length === leftOut.length && asked.every((offerId) => leftOut.includes(offerId))) return [];
  const how = leftOut.length === 0 ? 'as a whole' : `without ${leftOut.join(', ')}`;
  return refuse(
    'conflict',
    'plan-decided',
    `Plan ${planId} was approved ${how} by ${by} already; pin offers, or freeze planning, to change what it does.`,
  );
};
