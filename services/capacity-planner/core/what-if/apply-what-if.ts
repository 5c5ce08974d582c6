import type { OfferFilter, WhatIf } from '@slipway/contracts';
import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import { withoutFutures } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import { addCommitments } from './add-commitments.js';
import { changeGuardrails } from './change-guardrails.js';
import { changeQuotas } from './change-quotas.js';

const LARGEST_FACTOR = 1_000;

/** A recorded problem with something else in it. A change that meets nothing is refused: its answer would mislead. */
export const applyWhatIf = (
  problem: PlanningProblem,
  change: Omit<WhatIf, 'planId'>,
): PlanningProblem | Refusal => {
  const { prices = [], preemptions = [], available = [], without = [], demand = [] } = change;
  const quotas = changeQuotas(problem, change.quotas ?? []);
  const refusal =
    [...prices, ...preemptions, ...demand]
      .map(({ factor }) => refuseFactor(factor))
      .find((found) => found !== undefined) ??
    available.map(({ nodes }) => refuseNodes(nodes)).find((found) => found !== undefined) ??
    [...prices, ...preemptions, ...available, ...without]
      .map((filter) => refuseNoOffer(filter, problem.offers))
      .find((found) => found !== undefined) ??
    demand.map(({ demandKey }) => refuseNoGroup(demandKey, problem)).find((found) => found !== undefined);
  if (refusal !== undefined) return refusal;
  const guardrails = changeGuardrails(problem.policy.guardrails, change.guardrails ?? {});
  if (isRefusal(guardrails)) return guardrails;
  if (isRefusal(quotas)) return quotas;
  const commitments = addCommitments(problem, change.commitments ?? []);
  if (isRefusal(commitments)) return commitments;
  return {
    ...problem,
    policy: { ...problem.policy, guardrails },
    offers: problem.offers
      .filter((offer) => !without.some((filter) => matchesFilter(offer, filter)))
      .map((offer) =>
        behaving(
          priced(offer, factorOf(offer, prices)),
          factorOf(offer, preemptions),
          available.findLast((filter) => matchesFilter(offer, filter))?.nodes,
        ),
      ),
    quotas,
    commitments,
    forecast: {
      ...withoutFutures(problem.forecast),
      groups: problem.forecast.groups.map((group) => {
        const factor = demand
          .filter(({ demandKey }) => demandKey === undefined || demandKey === group.groupId)
          .reduce((all, one) => all * one.factor, 1);
        return {
          ...group,
          periods: group.periods.map(({ expectedContainers, quantiles }) => ({
            expectedContainers: expectedContainers * factor,
            quantiles: quantiles.map(({ level, containers }) => ({ level, containers: containers * factor })),
          })),
        };
      }),
    },
  };
};

const priced = (offer: Offer, factor: number): Offer =>
  factor === 1
    ? offer
    : {
        ...offer,
        billing: {
          ...offer.billing,
          priceMicroUsdPerNodeHour: Math.round(offer.billing.priceMicroUsdPerNodeHour * factor),
        },
      };

const factorOf = (offer: Offer, changes: readonly Readonly<OfferFilter & { factor: number }>[]): number =>
  changes.filter((filter) => matchesFilter(offer, filter)).reduce((all, { factor }) => all * factor, 1);

const behaving = (offer: Offer, factor: number, availableNodes: number | undefined): Offer =>
  factor === 1 && availableNodes === undefined
    ? offer
    : {
        ...offer,
        behaviour: {
          ...offer.behaviour,
          preemptionsPerNodeHour: offer.behaviour.preemptionsPerNodeHour * factor,
          ...(availableNodes === undefined ? {} : { availableNodes }),
        },
      };

const refuseNodes = (nodes: number): Refusal | undefined =>
  Number.isInteger(nodes) && nodes >= 0
    ? undefined
    : refuse('invalid', 'nodes', `nodes is ${nodes}; it is a whole number from 0 on.`);

const refuseFactor = (factor: number): Refusal | undefined =>
  Number.isFinite(factor) && factor >= 0 && factor <= LARGEST_FACTOR
    ? undefined
    : refuse('invalid', 'factor', `factor is ${factor}; it is a number from 0 to ${LARGEST_FACTOR}.`);

const refuseNoOffer = (filter: OfferFilter, offers: readonly Offer[]): Refusal | undefined =>
  offers.some((offer) => matchesFilter(offer, filter))
    ? undefined
    : refuse(
        'not-found',
        'no-such-offer',
        `No offer of the plan's catalogue matches ${JSON.stringify(filter)}.`,
      );

const refuseNoGroup = (demandKey: string | undefined, { groups }: PlanningProblem): Refusal | undefined =>
  demandKey === undefined || groups.some(({ groupId }) => groupId === demandKey)
    ? undefined
    : refuse(
        'not-found',
        'no-such-group',
        `The plan knows no demand group '${demandKey}'; it knows ${groups.map(({ groupId }) => `'${groupId}'`).join(', ') || 'none'}.`,
      );
