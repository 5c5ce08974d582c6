import { emptyStepOutcome } from './period-replay.samples.testing.ts';
import { periodReplayText, replayedRun } from './period-replay.ts';

describe('a replay of a period', () => {
  const run = replayedRun('replayed', {
    ...{ outcome: emptyStepOutcome(12_000_000), boundMicroUsd: 10_000_000 },
    ...{ regret: undefined, coveredMicroUsd: undefined },
  });
  const replay = {
    ...{
      name: 'a day',
      from: '2026-11-20T00:00:00.000Z',
      until: '2026-11-21T00:00:00.000Z',
      notes: ['97 offers'],
    },
    hasOwnPolicy: false,
    runs: [run],
  };

  test('tells what each run cost above the bound', () => {
    expect(run).toMatchObject({ totalMicroUsd: 12_000_000, regretMicroUsd: 2_000_000, shortPercent: 0 });
    expect(periodReplayText(replay)).toMatch(/replayed +\$12\.00 +\$12\.00.*\$10\.00 +\$2\.00/);
  });

  test('says what was not recorded, and shows what happened where that is known', () => {
    expect(periodReplayText(replay)).toContain('the trace names none, so the default one stands');
    expect(periodReplayText(replay)).not.toContain('happened');
    const happened = { costMicroUsd: 11_000_000, starts: 3, stops: 2, refused: 1, taken: 0 };
    expect(periodReplayText({ ...replay, happened })).toMatch(/happened +- +\$11\.00[ -]* 3 +2 +1 +0/);
    const metered = { ...happened, wantedGpuMs: 400, waitedGpuMs: 9 };
    expect(periodReplayText({ ...replay, happened: metered })).toMatch(/happened .* 2\.25 /);
  });

  test('tells what commitments pay of each run, and what they cost in any case', () => {
    const covered = {
      ...replay,
      committedMicroUsd: 6_000_000,
      runs: [{ ...run, coveredMicroUsd: 9_000_000 }],
    };
    expect(periodReplayText(replay)).not.toContain('commitments');
    expect(periodReplayText(covered)).toContain('commitments: $6.00 in any case');
    const happened = { costMicroUsd: 8_000_000, starts: 3, stops: 2, refused: 1, taken: 0 };
    const withHappened = { ...covered, happened: { ...happened, coveredMicroUsd: 1_000_000 } };
    expect(periodReplayText(withHappened)).toMatch(/happened +\$8\.00 +\$1\.00 +\$7\.00 +\$13\.00/);
    expect(periodReplayText(covered)).toMatch(/replayed +\$12\.00 +\$9\.00 +\$3\.00 +\$9\.00/);
  });
});
