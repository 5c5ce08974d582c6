import { checkPlan, type Plan } from '@slipway/capacity-planner-core';
import { plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
import { foundWith, job, jobs, one, planOf, SMALL } from './check-plan.samples.testing.js';

describe('a cell', () => {
  test.each<[string, Partial<Plan['cells'][number]>, string]>([
    ['names its longest lead', { leadMs: 1 }, 'its longest lead is 60000 ms, not 1'],
    ['names its GPU', { gpuType: 'L4' }, 'one has no L4'],
    [
      'is of offers that take about as long',
      { offerIds: [one.offerId, plainOffer('unneeded', 1, 9).offerId] },
      'its offers do not serve the same groups in the same way',
    ],
  ])('%s', async (_, change, sentence) => {
    const problem = jobs(SMALL);
    const { cellId } = (await planOf(problem)).cells[0]!;
    expect(await foundWith(problem, 'cells', change)).toContain(`${cellId}: ${sentence}`);
  });

  test('leaves no planned offer out that is like its own', async () => {
    const alike = plainOffer('two', 1, 3);
    const problem = jobs(SMALL);
    const both = { ...problem, offers: [one, alike] };
    const sentences = await foundWith(both, 'cells', { offerIds: [alike.offerId] });
    expect(sentences).toContain('one serves as cell-0 does and is not in it');
  });

  test('serves nobody who may not stand there', async () => {
    const problem = jobs(SMALL);
    const elsewhere = { ...problem, groups: [{ ...job, gpuTypes: ['L4'] }] };
    const sentences = checkPlan(elsewhere, await planOf(problem));
    expect(sentences).toContain('job is served by cell-0, where it may not stand');
  });
});
