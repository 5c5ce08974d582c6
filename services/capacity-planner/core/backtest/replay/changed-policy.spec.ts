import { isRefusal } from '@slipway/kernel';
import { defaultPolicy } from '../../policy.js';
import { changedPolicy } from './changed-policy.js';

describe('a changed policy', () => {
  test('has the settings that are named, and all others as they were', () => {
    expect(changedPolicy(defaultPolicy, {})).toEqual(defaultPolicy);
    const changed = changedPolicy(defaultPolicy, {
      spot: { maxMarketShare: 0.6 },
      prices: { lateness: { batch: 2 } },
      guardrails: { maxStartsPerCycle: 3, mode: 'frozen' },
      excluded: [{ vendor: 'aws' }],
      horizon: { periodsMs: [900_000] },
    });
    expect(changed).toMatchObject({
      spot: { ...defaultPolicy.spot, maxMarketShare: 0.6 },
      prices: { lateness: { ...defaultPolicy.prices.lateness, batch: 2 } },
      guardrails: { ...defaultPolicy.guardrails, maxStartsPerCycle: 3, mode: 'frozen' },
      excluded: [{ vendor: 'aws' }],
      horizon: { periodsMs: [900_000] },
    });
  });

  test('that was written down reads again as itself', () => {
    const steered = {
      ...defaultPolicy,
      excluded: [{ vendor: 'aws' }],
      pins: [
        { filter: { gpuType: 'H100' }, least: 1, most: 4, until: 99 },
        { filter: {}, most: 0 },
      ],
    };
    for (const policy of [defaultPolicy, steered])
      expect(changedPolicy(defaultPolicy, JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  test('is without the caps that are none, and has the usual value where there must be one', () => {
    const { guardrails } = defaultPolicy;
    const capped = {
      ...defaultPolicy,
      guardrails: { ...guardrails, maxSpendMicroUsdPerHour: 5, maxVendorShare: 0.5, maxPriceAgeMs: 1_000 },
    };
    const changes = { maxSpendMicroUsdPerHour: 'none', maxPriceAgeMs: 'none', minNonSpotShare: null };
    expect(changedPolicy(capped, { guardrails: changes })).toStrictEqual({
      ...defaultPolicy,
      guardrails: { ...guardrails, maxVendorShare: 0.5 },
    });
  });

  test.each([
    [{ spott: {} }, 'spott is {}; it must be left out; there are horizon, prices'],
    [{ spot: { share: 1 } }, 'there are spot.maxMarketShare, spot.lostWorkHours'],
    [{ spot: { maxMarketShare: 2 } }, 'spot.maxMarketShare is 2; it must be a number from 0 to 1'],
    [{ spot: 1 }, 'spot is 1; it must be an object of spot.maxMarketShare'],
    [{ solve: { timeLimitMs: 0.5 } }, 'solve.timeLimitMs is 0.5; it must be a whole number'],
    [{ buffer: { rule: 'all' } }, 'buffer.rule is "all"; it must be one of newsvendor, none'],
    [{ guardrails: { maxVendorShare: 9 } }, 'maxVendorShare is 9; it is a number from 0 to 1.'],
    [{ guardrails: { mostStarts: 9 } }, "There is no guardrail 'mostStarts'"],
    [{ guardrails: { mostStarts: 'none' } }, "There is no guardrail 'mostStarts'"],
    [{ guardrails: { mode: 'none' } }, 'guardrails.mode is "none"; it must be one of running, frozen'],
    [{ spot: { maxMarketShare: 'none' } }, 'spot.maxMarketShare is "none"; it must be a number from 0 to 1'],
    [{ horizon: { periodsMs: [] } }, 'horizon.periodsMs is []; it must be a list of milliseconds'],
    [{ excluded: [{ cloud: 'aws' }] }, 'a list of filters of offers'],
    [{ pins: [{ filter: { vendor: 'aws' } }] }, 'a list of pins: filter, with least, most or both'],
    [{ pins: [{ filter: { cloud: 'aws' }, most: 1 }] }, 'a list of pins'],
    [{ pins: [{ filter: {}, most: 1, by: 'ada' }] }, 'a list of pins'],
    ['text', 'the policy is "text"; it must be an object of horizon'],
  ])('%j is refused: %s', (changes, message) => {
    const refusal = changedPolicy(defaultPolicy, changes);
    expect(isRefusal(refusal) && refusal.message).toContain(message);
  });
});
