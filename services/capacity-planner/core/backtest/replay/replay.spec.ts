import { isRefusal } from '@slipway/kernel';
import { opponents } from '../../opponents/opponents.js';
import { generatePeriod } from '../../simulation/generate/generate-period.js';
import type { Period } from '../../simulation/period.js';
import { simulate } from '../../simulation/simulate.js';
import type { RecordedEvent } from './recorded-event.js';
import { recordedPeriod, type ReplayRequest } from './recorded-period.js';
import { withCatalogue } from './with-catalogue.js';

const period: Period = { ...generatePeriod({ seed: 11, size: 'small', steps: 12 }), quotas: [] };
const timeOf = (step: number): number => period.startsAt + step * period.stepMs;

/** Everything that happened in a period, written down. */
const record = ({ offers, histories, groups, demand, pastSteps }: Period): readonly RecordedEvent[] => [
  ...groups.map((group): RecordedEvent => ({ type: 'group-seen', at: timeOf(0), group })),
  ...groups.flatMap(({ groupId }, group) =>
    demand[group]!.map((containers, step): RecordedEvent => ({
      type: 'demand-counted',
      at: timeOf(step - pastSteps),
      groupId,
      containers,
    })),
  ),
  ...offers.map((offer): RecordedEvent => ({ type: 'offer-listed', at: timeOf(0), offer })),
  ...offers.flatMap(({ offerId }, index) =>
    histories[index]!.openNodes.flatMap((nodes, step): readonly RecordedEvent[] => [
      { type: 'depth-seen', at: timeOf(step), offerId, nodes },
      {
        type: 'offer-priced',
        at: timeOf(step),
        offerId,
        priceMicroUsdPerNodeHour: histories[index]!.priceMicroUsdPerNodeHour[step]!,
      },
      {
        type: 'nodes-taken',
        at: timeOf(step),
        offerId,
        takenNodes: histories[index]!.lostShare[step]!,
        heldNodes: 1,
      },
    ]),
  ),
];

const request: ReplayRequest = {
  name: period.name,
  from: period.startsAt,
  until: timeOf(period.steps),
  stepMs: period.stepMs,
  warmUpSteps: period.warmUpSteps,
  untriedNodes: 3,
  seed: period.seed,
  waitPrices: period.waitPrices,
  egressPrices: period.egressPrices,
};

const replayed = (events: readonly RecordedEvent[], changed: Partial<ReplayRequest> = {}): Period => {
  const made = recordedPeriod(events, { ...request, ...changed });
  if (isRefusal(made)) throw new Error(made.message);
  return made;
};

describe('a recorded period', () => {
  test('runs again as it was', async () => {
    const again = replayed(record(period));
    const run = (one: Period) => simulate(one, opponents['sticky-greedy'](one));
    const original = await run({
      ...period,
      histories: period.histories.map((history, index) => ({
        ...history,
        leadMs: period.offers[index]!.behaviour.leadMs,
      })),
    });
    expect((await run(again)).totalMicroUsd).toBe(original.totalMicroUsd);
  });

  test('gives another policy another result', async () => {
    const one = replayed(record(period));
    const greedy = await simulate(one, opponents['replacing-greedy'](one));
    const fixed = await simulate(one, opponents['static-on-demand'](one));
    expect(greedy.totalMicroUsd).toBeLessThan(fixed.totalMicroUsd);
  });

  test('offers that nobody tried are as deep as the request says', () => {
    const events = record(period).filter(({ type }) => type !== 'depth-seen');
    expect(replayed(events).histories[0]!.openNodes).toEqual(Array.from({ length: period.steps }, () => 3));
  });

  test('a record without demand, or too short to judge, is refused by name', () => {
    expect(recordedPeriod([], request)).toMatchObject({ code: 'nothing-recorded' });
    expect(recordedPeriod(record(period), { ...request, until: timeOf(4) })).toMatchObject({
      code: 'period-too-short',
    });
  });

  test('another catalogue keeps what is known of its offers and takes the word of new ones', async () => {
    const cheaper = period.offers.map((offer) => ({
      ...offer,
      billing: {
        ...offer.billing,
        priceMicroUsdPerNodeHour: Math.round(offer.billing.priceMicroUsdPerNodeHour / 2),
      },
    }));
    const half = withCatalogue(period, cheaper, 5);
    expect(half.histories[0]!.openNodes).toBe(period.histories[0]!.openNodes);
    const run = (one: Period) => simulate(one, opponents['sticky-greedy'](one));
    expect((await run(half)).infrastructureMicroUsd).toBeLessThan((await run(period)).infrastructureMicroUsd);
    const fresh = { ...period.offers[0]!, offerId: 'new/region/zone/type/on-demand' };
    expect(withCatalogue(period, [fresh], 5).histories[0]!.openNodes[0]).toBe(5);
  });
});
