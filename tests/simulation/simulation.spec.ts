import { simulate } from './simulate.js';

// SEED=17 runs that one again; SEEDS=2000 runs more of them.
const asked = process.env['SEED'];
const seeds =
  asked === undefined
    ? Array.from({ length: Number(process.env['SEEDS'] ?? 200) }, (_, n) => n + 1)
    : [Number(asked)];

describe('the scheduler under failures', () => {
  test('whatever is lost, repeated or dies: every accepted input ends once, and everything comes to rest', async () => {
    const failed: string[] = [];
    for (const seed of seeds) {
      const { broken } = await simulate(seed);
      if (broken.length > 0) failed.push(`SEED=${seed}: ${broken.slice(0, 5).join('; ')}`);
      if (failed.length >= 10) break;
    }
    expect(failed).toEqual([]);
  }, 600_000);
});
