import type { OfferExplanation, PlanExplanation } from '@slipway/contracts';
import { explainPlanText, explainText } from './explanation-text.ts';

const offer: OfferExplanation = {
  ...{ offerId: 'aws/p5', verdict: 'not-bought', nodesNow: 0, nodes: 0, listMicroUsdPerNodeHour: 8_000_000 },
  ...{ qualityMicroUsdPerNodeHour: 0, preemptionMicroUsdPerNodeHour: 0, serves: [], alternatives: [] },
  obstacles: [{ rule: 'excluded', because: 'an operator has excluded vendor=aws' }],
  groups: [
    {
      ...{ demandKey: 'group', wanted: 4, short: 1, microUsdPerContainerHour: 2_000_000 },
      standsOn: [{ offerId: 'gcp/a3', containers: 3, microUsdPerContainerHour: 1_500_000 }],
    },
    { demandKey: 'pinned', wanted: 1, short: 0, because: 'it is pinned to the regions eu', standsOn: [] },
  ],
  because: 'an operator has excluded vendor=aws',
};
const plan: PlanExplanation = {
  ...{
    planId: 'pl-1',
    binding: [],
    marginal: [],
    gpus: [],
    worths: [],
    notWeighed: 0,
    notPriced: 0,
    choices: [],
  },
};

test('an offer shows what stands against it, and what its groups pay where they stand', () => {
  const shown = explainText(offer);
  expect(shown).toContain('against one more: excluded: an operator has excluded vendor=aws');
  expect(shown).toMatch(/group +4 +1 +\$2\.00 +3 on gcp\/a3 at \$1\.50/);
  expect(shown).toMatch(/pinned +1 +0 +- +- +it is pinned to the regions eu/);
});

test('a plan shows what pins and floors cost, and one GPU more by type and priority', () => {
  const price = { gpuType: 'H100', standsOn: 'any', microUsdPerGpuHour: 2_500_000 } as const;
  const shown = explainPlanText({
    ...plan,
    worths: [{ groupId: 'group', rule: 'floor', value: '4', savesMicroUsdPerHour: 3_000_000 }],
    notWeighed: 2,
    notPriced: 3,
    gpus: [{ ...price, priority: 'standard' }],
  });
  expect(shown).toMatch(/floor 4 +group +\$3\.00 an hour/);
  expect(shown).toContain('2 pins and floors were not weighed');
  expect(shown).toContain('3 prices of one GPU more were left out');
  expect(shown).toMatch(/H100 +\$2\.50 +- +- +-/);
});

test('why prices were left out is said, and nothing where no number is', () => {
  const failed = { notPriced: 2, notPricedBecause: 'the solver failed: out of memory' };
  expect(
    explainPlanText({ ...plan, ...failed, notWeighed: 1, notWeighedBecause: 'the solver died' }),
  ).toMatch(
    /1 pins and floors were not weighed: the solver died[^]*2 prices of one GPU more were left out: the solver failed: out of memory/,
  );
  const { notPriced: _, ...unsaid } = plan;
  expect(explainPlanText(unsaid)).not.toMatch(/undefined|left out/);
});

test('where nothing has a price, why is said', () => {
  const shown = explainPlanText({ ...plan, without: 'the solver gave no duals' });
  expect(shown).toContain('no prices, or not all: the solver gave no duals');
  expect(shown).toContain('No rule costs anything.');
});
