import { generatePeriod } from '../simulation/generate/generate-period.js';
import { calmed, splitRegret } from './split-regret.js';

const period = generatePeriod({ seed: 2, size: 'small', steps: 2 });

describe('regret', () => {
  test('is split without a rest: forecast, outages and what is left when all is known and calm', async () => {
    const totals: Readonly<Record<string, number>> = {
      own: 130,
      hindsight: 120,
      calm: 108,
    };
    const split = await splitRegret({
      period,
      run: ({ name }, forecast) => Promise.resolve(totals[name.endsWith('calm') ? 'calm' : forecast]!),
      bound: ({ name }) => Promise.resolve(name.endsWith('calm') ? 98 : 100),
    });
    expect(split).toMatchObject({
      regretMicroUsd: 30,
      forecastMicroUsd: 10,
      outagesMicroUsd: 10,
      wholenessMicroUsd: 10,
    });
    expect(split.forecastMicroUsd + split.outagesMicroUsd + split.wholenessMicroUsd).toBe(
      split.regretMicroUsd,
    );
  });

  test('in calm weather nothing is lost, no start fails, no market closes', () => {
    for (const { openNodes, lostShare, startSuccess } of calmed(period).histories) {
      expect(lostShare.every((share) => share === 0)).toBe(true);
      expect(new Set(openNodes).size).toBe(1);
      expect(startSuccess).toBe(1);
    }
  });
});
