import type { OfferFilter, WhatIf } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import { refuseLimits } from '../control/control.decide.js';
import type { PlanningProblem } from '../planning-problem.js';

const LARGEST_FACTOR = 1_000;

/** A recorded problem with something else in it. A change that meets nothing is refused: its answer would mislead. */
export const applyWhatIf = (
  problem: PlanningProblem,
  change: Omit<WhatIf, 'planId'>,
): PlanningProblem | Refusal => {
  const { prices = [], without = [], demand = [], quotas = [], guardrails = {} } = change;
  const refusal =
    [...prices, ...demand].map(({ factor }) => refuseFactor(factor)).find((found) => found !== undefined) ??
    [...prices, ...without]
      .map((filter) => refuseNoOffer(filter, problem.offers))
      .find((found) => found !== undefined) ??
    demand.map(({ demandKey }) => refuseNoGroup(demandKey, problem)).find((found) => found !== undefined) ??
    quotas
      .map(({ quotaId, limit }) => refuseQuota(quotaId, limit, problem))
      .find((found) => found !== undefined) ??
    refuseLimits(guardrails);
  if (refusal !== undefined) return refusal;
  return {
    ...problem,
    policy: { ...problem.policy, guardrails: { ...problem.policy.guardrails, ...guardrails } },
    offers: problem.offers
      .filter((offer) => !without.some((filter) => matchesFilter(offer, filter)))
      .map((offer) =>
        priced(
          offer,
          prices
            .filter((filter) => matchesFilter(offer, filter))
            .reduce((all, { factor }) => all * factor, 1),
        ),
      ),
    quotas: problem.quotas.map((quota) => ({
      ...quota,
      limit: quotas.find(({ quotaId }) => quotaId === quota.quotaId)?.limit ?? quota.limit,
    })),
    forecast: {
      ...problem.forecast,
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

const refuseQuota = (quotaId: string, limit: number, { quotas }: PlanningProblem): Refusal | undefined => {
  if (!quotas.some((quota) => quota.quotaId === quotaId))
    return refuse(
      'not-found',
      'no-such-quota',
      `There is no quota '${quotaId}'; there are ${quotas.map((quota) => `'${quota.quotaId}'`).join(', ') || 'none'}.`,
    );
  return Number.isInteger(limit) && limit >= 0
    ? undefined
    : refuse('invalid', 'quota-limit', `limit of '${quotaId}' is ${limit}; it is a whole number from 0 on.`);
};
