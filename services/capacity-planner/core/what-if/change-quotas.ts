import type { WhatIf } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import type { Quota } from '../catalogue/offer.js';
import { isWithinQuota } from '../model/quota-scope.js';
import type { PlanningProblem } from '../planning-problem.js';

type Changes = NonNullable<WhatIf['quotas']>;

/** The quotas with other limits. One that does not exist is added, for most catalogues name none; it has to concern an offer. */
export const changeQuotas = (problem: PlanningProblem, changes: Changes): readonly Quota[] | Refusal => {
  const quotas = new Map(problem.quotas.map((quota) => [quota.quotaId, quota]));
  for (const { quotaId, limit } of changes) {
    if (!Number.isInteger(limit) || limit < 0)
      return refuse(
        'invalid',
        'quota-limit',
        `limit of '${quotaId}' is ${limit}; it is a whole number from 0 on.`,
      );
    const quota = quotas.get(quotaId) ?? newQuota(quotaId, problem);
    if (quota === undefined)
      return refuse(
        'not-found',
        'no-such-quota',
        `There is no quota '${quotaId}', and no offer that it could concern as vendor/region/GPU; there are ` +
          `${[...quotas.keys()].map((known) => `'${known}'`).join(', ') || 'none'}.`,
      );
    quotas.set(quotaId, { ...quota, limit });
  }
  return [...quotas.values()];
};

/** `vendor`, `vendor/region` or `vendor/region/GPU`, as the quotas of catalogues are named; undefined where it concerns no offer. */
const newQuota = (quotaId: string, { offers }: PlanningProblem): Quota | undefined => {
  const [vendor = '', region, gpuType, ...more] = quotaId.split('/');
  const quota: Quota = {
    quotaId,
    scope: {
      vendor,
      ...(region === undefined ? {} : { region }),
      ...(gpuType === undefined ? {} : { gpuType }),
    },
    limit: 0,
  };
  return more.length === 0 && offers.some((offer) => isWithinQuota(quota, offer)) ? quota : undefined;
};
