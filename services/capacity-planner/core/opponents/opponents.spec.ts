import { generatePeriod } from '../simulation/generate/generate-period.js';
import { simulate } from '../simulation/simulate.js';
import type { Observation } from '../simulation/policy-port.js';
import { opponents, type OpponentName } from './opponents.js';

const period = generatePeriod({ seed: 5, size: 'small', steps: 24 });
const run = (name: OpponentName) => simulate(period, opponents[name](period));

describe('opponents', () => {
  test.each(Object.keys(opponents) as OpponentName[])('%s serves nearly all that is wanted', async (name) => {
    const outcome = await run(name);
    const missed = (outcome.lateGpuMs + outcome.shortGpuMs) / outcome.wantedGpuMs;
    // One machine for each request uses up what vendors have.
    expect(missed).toBeLessThan(name === 'skypilot-like' ? 0.3 : 0.06);
    expect(outcome.paidGpuMs).toBeGreaterThan(
      0.9 * (outcome.wantedGpuMs - outcome.shortGpuMs - outcome.lateGpuMs),
    );
  });

  test('the static fleet is on demand, and never grows smaller', async () => {
    const counts: number[] = [];
    await simulate(period, opponents['static-on-demand'](period), ({ nodes }) => {
      expect(nodes.every(({ offer }) => period.offers[offer]!.purchase === 'on-demand')).toBe(true);
      counts.push(nodes.filter(({ boots, endedAt }) => boots && endedAt === undefined).length);
    });
    expect(counts.at(-1)).toBeGreaterThanOrEqual(counts[1]!);
  });

  test('sticky greedy never moves a container', async () => {
    expect((await run('sticky-greedy')).movedContainers).toBe(0);
  });

  test('headroom costs money and saves waits', async () => {
    const [without, with10] = [await run('replacing-greedy'), await run('replacing-greedy-10')];
    expect(with10.paidGpuMs).toBeGreaterThan(without.paidGpuMs);
  });

  test('SkyPilot-like holds one machine for each container', async () => {
    await simulate(period, opponents['skypilot-like'](period), ({ nodes }) => {
      for (const { containers } of nodes)
        expect([...containers.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1);
    });
  });

  test('Karpenter-like disturbs a tenth of its nodes in a step at most, beside empty ones', async () => {
    const policy = opponents['karpenter-like'](period);
    const watched = {
      name: policy.name,
      decide: async (seen: Observation) => {
        const wish = await policy.decide(seen);
        const filled = new Set(
          seen.nodes.filter(({ sticky }) => sticky.length > 0).map(({ nodeId }) => nodeId),
        );
        expect(wish.stops.filter((nodeId) => filled.has(nodeId)).length).toBeLessThanOrEqual(
          Math.ceil(seen.nodes.length / 10),
        );
        return wish;
      },
    };
    await simulate(period, watched);
  });
});
