import { isRefusal } from '@slipway/kernel';
import { randomProblem } from '../testing/random-problem.js';
import { applyWhatIf } from './apply-what-if.js';

const MINUTE_MS = 60_000;
const problemOf = (seed: number) =>
  randomProblem(seed, {
    vendors: 3,
    offers: 24,
    groups: 5,
    periodsMs: [15 * MINUTE_MS, 60 * MINUTE_MS],
    gpus: 60,
  });
const code = (value: unknown): unknown => isRefusal(value) && value.code;

describe('a problem with something else in it', () => {
  test('has a commitment more, over its whole horizon; one that covers nothing is refused', () => {
    const problem = problemOf(1);
    const { vendor, instanceType } = problem.offers.find(({ purchase }) => purchase !== 'spot')!;
    const nodes = { vendor, instanceType, nodes: 2, priceMicroUsdPerNodeHour: 500_000 };
    const changed = applyWhatIf(problem, { commitments: [nodes] });
    if (isRefusal(changed)) throw new Error(changed.message);
    expect(changed.commitments.find(({ commitmentId }) => commitmentId === 'what-if-1')).toMatchObject({
      ...{ kind: 'nodes', nodes: 2, priceMicroUsdPerHour: 1_000_000, startsAt: problem.at },
    });
    expect(changed.commitments).toHaveLength(problem.commitments.length + 1);
    expect(code(applyWhatIf(problem, { commitments: [{ ...nodes, vendor: 'none' }] }))).toBe('no-such-offer');
    expect(code(applyWhatIf(problem, { commitments: [{ ...nodes, nodes: 0 }] }))).toBe('commitment');
  });

  test('has no commitment more of which it is unclear whether it or another one pays', () => {
    const problem = problemOf(1);
    const sold = problem.offers.find(({ purchase }) => purchase !== 'spot')!;
    const box = (region: string, instanceType: string) => ({
      ...{ ...sold, offerId: `${region}/${instanceType}`, vendor: 'own', region, instanceType },
    });
    const offers = [...problem.offers, box('east', 'small'), box('east', 'large'), box('west', 'small')];
    const terms = { vendor: 'own', nodes: 1, priceMicroUsdPerNodeHour: 500_000 };
    const [small, east] = [
      { ...terms, instanceType: 'small' },
      { ...terms, region: 'east', gpuType: sold.shape.gpuType },
    ];
    const bought = applyWhatIf({ ...problem, offers }, { commitments: [small] });
    if (isRefusal(bought)) throw new Error(bought.message);
    expect(applyWhatIf(bought, { commitments: [east] })).toMatchObject({
      code: 'commitments-cross',
      message: expect.stringContaining(
        `'vendor=own,region=east,gpu=${sold.shape.gpuType}' and commitment 'what-if-1'`,
      ) as unknown,
    });
    expect(code(applyWhatIf({ ...problem, offers }, { commitments: [small, east] }))).toBe(
      'commitments-cross',
    );
    expect(isRefusal(applyWhatIf(bought, { commitments: [{ ...small, region: 'east' }] }))).toBe(false);
  });

  test('has a commitment more under a name that no other has', () => {
    const problem = problemOf(1);
    const { vendor, instanceType } = problem.offers.find(({ purchase }) => purchase !== 'spot')!;
    const nodes = { vendor, instanceType, nodes: 2, priceMicroUsdPerNodeHour: 500_000 };
    const once = applyWhatIf(problem, { commitments: [nodes, nodes] });
    if (isRefusal(once)) throw new Error(once.message);
    const twice = applyWhatIf(once, { commitments: [nodes] });
    if (isRefusal(twice)) throw new Error(twice.message);
    const names = twice.commitments.map(({ commitmentId }) => commitmentId);
    expect(new Set(names).size).toBe(problem.commitments.length + 3);
    expect(names).toEqual(expect.arrayContaining(['what-if-1', 'what-if-2', 'what-if-3']));
  });

  test('has other prices, offers, demand and guardrails, and is as it was in all else', () => {
    const problem = problemOf(1);
    const changed = applyWhatIf(problem, {
      prices: [{ factor: 2 }],
      demand: [{ factor: 3 }],
      guardrails: { maxStartsPerCycle: 7 },
    });
    if (isRefusal(changed)) throw new Error(changed.message);
    changed.offers.forEach(({ billing }, index) =>
      expect(billing.priceMicroUsdPerNodeHour).toBe(
        2 * problem.offers[index]!.billing.priceMicroUsdPerNodeHour,
      ),
    );
    expect(changed.forecast.groups[0]!.periods[0]!.expectedContainers).toBe(
      3 * problem.forecast.groups[0]!.periods[0]!.expectedContainers,
    );
    expect(changed.policy.guardrails.maxStartsPerCycle).toBe(7);
    expect({ ...changed, offers: [], forecast: {}, policy: {} }).toEqual({
      ...problem,
      offers: [],
      forecast: {},
      policy: {},
    });
  });

  test('has another number of nodes to be had, and other rates of preemption', () => {
    const problem = problemOf(1);
    const { offerId } = problem.offers[0]!;
    const changed = applyWhatIf(problem, {
      available: [{ nodes: 9 }, { offerId, nodes: 2 }],
      preemptions: [{ purchase: 'spot', factor: 2 }, { factor: 1.5 }],
    });
    if (isRefusal(changed)) throw new Error(changed.message);
    changed.offers.forEach(({ behaviour }, index) => {
      expect(behaviour.availableNodes).toBe(index === 0 ? 2 : 9);
      const before = problem.offers[index]!;
      expect(behaviour.preemptionsPerNodeHour).toBeCloseTo(
        before.behaviour.preemptionsPerNodeHour * (before.purchase === 'spot' ? 3 : 1.5),
      );
    });
  });

  test('has quotas that the catalogue does not know, and others in place of those that it does', () => {
    const problem = problemOf(1);
    const { vendor, region, shape } = problem.offers[0]!;
    const quotaId = `${vendor}/${region}/${shape.gpuType}`;
    const bare = { ...problem, quotas: [] };
    const added = applyWhatIf(bare, {
      quotas: [
        { quotaId, limit: 16 },
        { quotaId: vendor, limit: 64 },
      ],
    });
    if (isRefusal(added)) throw new Error(added.message);
    expect(added.quotas).toEqual([
      { quotaId, scope: { vendor, region, gpuType: shape.gpuType }, limit: 16 },
      { quotaId: vendor, scope: { vendor }, limit: 64 },
    ]);
    expect(applyWhatIf(added, { quotas: [{ quotaId, limit: 8 }] })).toMatchObject({
      quotas: [
        { quotaId, limit: 8 },
        { quotaId: vendor, limit: 64 },
      ],
    });
  });

  test('has no guardrail that is lifted; one that is not set, or never without a value, is refused', () => {
    const problem = problemOf(1);
    const { guardrails } = problem.policy;
    const capped = {
      ...problem,
      policy: { ...problem.policy, guardrails: { ...guardrails, maxStartsPerCycle: 1, maxVendorShare: 0.5 } },
    };
    const lifted = applyWhatIf(capped, { guardrails: { maxStartsPerCycle: null, maxStopsPerCycle: 3 } });
    if (isRefusal(lifted)) throw new Error(lifted.message);
    expect(lifted.policy.guardrails).toEqual({ ...guardrails, maxVendorShare: 0.5, maxStopsPerCycle: 3 });
    expect(lifted.policy.guardrails).not.toHaveProperty('maxStartsPerCycle');
    const said = (name: string): unknown => {
      const refused = applyWhatIf(capped, { guardrails: { [name]: null } });
      return isRefusal(refused) && refused.message;
    };
    expect(said('maxStopsPerCycle')).toMatch(/made without maxStopsPerCycle, .* under .*maxVendorShare/);
    expect(said('maxPriceAgeMs')).toMatch(
      /^maxPriceAgeMs is none; it is always limited: give a whole number/,
    );
    expect(said('maxStarts')).toMatch(/^There is no guardrail 'maxStarts'; there are maxSpendMicro/);
    expect(said('mode')).toMatch(/^There is no guardrail 'mode'/);
  });

  test('what meets nothing is refused, for its answer would mislead', () => {
    const problem = problemOf(1);
    expect(code(applyWhatIf(problem, { without: [{ vendor: 'nobody' }] }))).toBe('no-such-offer');
    expect(code(applyWhatIf(problem, { demand: [{ demandKey: 'nobody', factor: 1 }] }))).toBe(
      'no-such-group',
    );
    expect(code(applyWhatIf(problem, { quotas: [{ quotaId: 'nobody', limit: 1 }] }))).toBe('no-such-quota');
    const farAway = { quotaId: `${problem.offers[0]!.vendor}/nowhere`, limit: 1 };
    expect(code(applyWhatIf(problem, { quotas: [farAway] }))).toBe('no-such-quota');
    expect(code(applyWhatIf(problem, { available: [{ nodes: 1.5 }] }))).toBe('nodes');
    expect(code(applyWhatIf(problem, { prices: [{ factor: NaN }] }))).toBe('factor');
    expect(code(applyWhatIf(problem, { guardrails: { maxVendorShare: 2 } }))).toBe('guardrail');
  });
});
