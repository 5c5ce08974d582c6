import type { DemandGroupView } from '@slipway/contracts';
import type { Plan } from '../plan/plan.js';
import { isFor, isSamePool, shortageRisks } from '../plan/shortage-risks.js';
import type { PlanningProblem } from '../planning-problem.js';
import { referencePrices } from '../prices/reference-price.js';
import { groupWaitPrices } from '../prices/wait-prices.js';

/** What a wait costs a group, and the buffer that keeps it from waiting. */
export type GroupWaits = Pick<DemandGroupView, 'waitPrices' | 'buffer'>;

/** By group, as a plan was made. */
export const waitsOfGroups = (
  problem: Pick<PlanningProblem, 'offers' | 'groups' | 'policy' | 'forecast'>,
  plan: Pick<Plan, 'buffers' | 'service'>,
): ReadonlyMap<string, GroupWaits> => {
  const reference = referencePrices(problem.offers, problem.policy.cpuSlot);
  const risks = shortageRisks(problem, plan);
  return new Map(
    problem.groups.map((group) => {
      const prices = groupWaitPrices(group, reference, problem.policy);
      const buffer = plan.buffers.find((known) => isFor(known, group));
      const risk = buffer && risks.find((known) => isSamePool(known, buffer));
      return [
        group.groupId,
        {
          waitPrices: {
            lateMicroUsdPerContainerHour: prices.lateMicroUsdPerHour,
            shortMicroUsdPerContainerHour: prices.shortMicroUsdPerHour,
          },
          ...(buffer === undefined
            ? {}
            : {
                buffer: {
                  ...{ gpuType: buffer.gpuType, wantedGpus: buffer.wanted[1] ?? buffer.wanted[0] ?? 0 },
                  ...(risk === undefined ? {} : { shortageProbability: risk.probability }),
                },
              }),
        },
      ];
    }),
  );
};
