import type { OfferId } from '../catalogue/offer.js';
import type { GroupId } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlanningPolicy } from '../policy.js';

/** One thing that might be otherwise. */
export type ProblemChange =
  | Readonly<{ change: 'price'; offerIds: readonly OfferId[]; factor: number }>
  | Readonly<{ change: 'vendor-down'; vendor: string }>
  | Readonly<{ change: 'quota'; quotaId: string; limit: number }>
  | Readonly<{ change: 'demand'; groupIds: readonly GroupId[]; factor: number }>
  | Readonly<{ change: 'one-container-more'; groupId: GroupId }>
  | Readonly<{ change: 'accept-gpu'; groupId: GroupId; gpuType: string }>
  | Readonly<{ change: 'policy'; policy: Partial<PlanningPolicy> }>;

/** The problem with one thing changed. A vendor that is down sells nothing and has lost what we hold of it. */
export const changeProblem = (problem: PlanningProblem, change: ProblemChange): PlanningProblem => {
  switch (change.change) {
    case 'price':
      return {
        ...problem,
        offers: problem.offers.map((offer) =>
          change.offerIds.includes(offer.offerId)
            ? {
                ...offer,
                billing: {
                  ...offer.billing,
                  priceMicroUsdPerNodeHour: Math.round(
                    offer.billing.priceMicroUsdPerNodeHour * change.factor,
                  ),
                },
              }
            : offer,
        ),
      };
    case 'vendor-down': {
      const left = problem.offers.filter(({ vendor }) => vendor !== change.vendor);
      const known = new Set(left.map(({ offerId }) => offerId));
      const { holdings, running } = problem.fleet;
      return {
        ...problem,
        offers: left,
        fleet: {
          ...problem.fleet,
          holdings: holdings.filter(({ offerId }) => known.has(offerId)),
          running: running.filter(({ offerId }) => known.has(offerId)),
        },
      };
    }
    case 'quota':
      return {
        ...problem,
        quotas: problem.quotas.map((quota) =>
          quota.quotaId === change.quotaId ? { ...quota, limit: change.limit } : quota,
        ),
      };
    case 'demand':
      return scaled(problem, change.groupIds, (containers) => containers * change.factor);
    case 'one-container-more': {
      const floor = problem.groups.find(({ groupId }) => groupId === change.groupId)?.floorContainers ?? 0;
      return scaled(problem, [change.groupId], (containers, period) =>
        period === 0 ? Math.max(containers, floor) + 1 : containers,
      );
    }
    case 'accept-gpu':
      return {
        ...problem,
        groups: problem.groups.map((group) =>
          group.groupId === change.groupId && !group.gpuTypes.includes(change.gpuType)
            ? { ...group, gpuTypes: [...group.gpuTypes, change.gpuType] }
            : group,
        ),
      };
    case 'policy':
      return { ...problem, policy: { ...problem.policy, ...change.policy } };
  }
};

const scaled = (
  problem: PlanningProblem,
  groupIds: readonly GroupId[],
  of: (containers: number, period: number) => number,
): PlanningProblem => ({
  ...problem,
  forecast: {
    ...problem.forecast,
    groups: problem.forecast.groups.map((group) =>
      groupIds.includes(group.groupId)
        ? {
            ...group,
            periods: group.periods.map(({ expectedContainers, quantiles }, period) => ({
              expectedContainers: of(expectedContainers, period),
              quantiles: quantiles.map(({ level, containers }) => ({
                level,
                containers: of(containers, period),
              })),
            })),
          }
        : group,
    ),
  },
});
