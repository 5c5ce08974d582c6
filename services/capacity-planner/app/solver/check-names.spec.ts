import { checkPlan, type Plan } from '@slipway/capacity-planner-core';
import { jobs, LARGE, planOf } from './check-plan.samples.testing.js';

describe('names that there are not', () => {
  const nobody = 'nobody' as Plan['service'][number]['groupId'];
  const nowhere = 'nowhere' as Plan['offers'][number]['offerId'];

  test.each<[string, (plan: Plan) => Partial<Plan>, string]>([
    [
      'an offer',
      ({ offers }) => ({ offers: offers.map((offer) => ({ ...offer, offerId: nowhere })) }),
      'nowhere is planned and not on offer',
    ],
    [
      'a group',
      ({ service }) => ({ service: [...service, { ...service[0]!, groupId: nobody }] }),
      'nobody is served and not known',
    ],
    ['a group that is left out', () => ({ service: [] }), 'job is not in the plan'],
    ['a cell', () => ({ cells: [] }), 'cell-0 serves and is no cell of the plan'],
    [
      'a cell of nothing',
      ({ cells }) => ({ cells: cells.map((cell) => ({ ...cell, offerIds: [] })) }),
      'cell-0 has no offers',
    ],
    [
      'a buffer',
      ({ buffers }) => ({ buffers: buffers.map((buffer) => ({ ...buffer, gpuType: 'L4' as const })) }),
      'L4 is the buffer of no pool',
    ],
  ])('are told: %s', async (_, change, sentence) => {
    const problem = jobs(LARGE);
    const plan = await planOf(problem);
    expect(checkPlan(problem, { ...plan, ...change(plan) })).toContain(sentence);
  });
});
