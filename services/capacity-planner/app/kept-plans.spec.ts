import { KEY, planningSite } from './planning-site.testing.js';
import { catalogue, offer, ruleOfThree } from './rule-of-three.testing.js';

const site = planningSite();

/** Two plans: of one offer, and of another that costs twice as much once the first is sold no more. */
const planTwice = async () => {
  site.makePlan = (problem) => {
    const plan = ruleOfThree(problem);
    const { offerId } = problem.offers[0]!;
    return Promise.resolve({ ...plan, offers: [{ ...plan.offers[0]!, offerId }] });
  };
  site.scene.demand.fold(site.lacking(1, 9));
  const first = await site.scene.cycle.plan('demand');
  const dear = { ...offer.billing, priceMicroUsdPerNodeHour: 2_000_000 };
  site.sold = () => ({
    ...catalogue,
    version: 'v2',
    offers: [{ ...offer, offerId: 'own/hall/a/other/on-demand', billing: dear }],
  });
  site.at += 60_000;
  await site.scene.cycle.plan('cycle');
  return first!.planId;
};

test('beside another plan what is sold no more has the price that it had', async () => {
  const againstPlanId = await planTwice();
  const { changes } = await site.scene.answers.diff({ planId: 'latest', againstPlanId });
  expect(changes).toMatchObject([
    { action: 'start', offerId: 'own/hall/a/other/on-demand', microUsdPerHour: 4_000_000 },
    { action: 'stop', offerId: offer.offerId, microUsdPerHour: -2_000_000 },
  ]);
});

test('a plan whose catalogue is damaged can still be set beside one whose is not', async () => {
  const againstPlanId = await planTwice();
  await site.damageCatalogue('v1');
  const { changes } = await site.scene.answers.diff({ planId: 'latest', againstPlanId });
  expect(changes.map(({ action, offerId }) => [action, offerId])).toEqual([
    ['start', 'own/hall/a/other/on-demand'],
    ['stop', offer.offerId],
  ]);
});

test('what is wanted is told where the newest plan is damaged, without a forecast', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  await site.scene.cycle.plan('demand');
  const wanted = { demandKey: KEY, wanted: { bought: 0, own: 0, lacking: 9 } };
  expect((await site.scene.market.getDemand()).groups).toMatchObject([{ ...wanted, waitPrices: {} }]);
  await site.damageCatalogue('v1');
  expect((await site.scene.market.getDemand()).groups).toEqual([
    expect.objectContaining({ ...wanted, forecast: [] }),
  ]);
});
