import { pastLine } from './past-command.ts';

describe('the hours just past in a line', () => {
  const known = {
    state: 'known',
    ...{ startsAt: '2026-11-20T00:00:00.000Z', endsAt: '2026-11-21T00:00:00.000Z' },
    ...{ workedOutAt: '2026-11-21T00:00:00.000Z', costMicroUsd: 12_000_000, boundMicroUsd: 10_000_000 },
    notes: [],
  } as const;

  test('hosts are set beside the bound where nobody waited', () => {
    expect(pastLine({ ...known, wantedGpuMs: 400, waitedGpuMs: 0 })).toContain(
      'would have paid $10.00 (hosts, egress and waits), hosts cost $12.00, 1.20 times that',
    );
  });

  test('where somebody waited, or nobody knows, a bill of hosts alone is not called a share of it', () => {
    expect(pastLine({ ...known, wantedGpuMs: 400, waitedGpuMs: 9 })).toMatch(
      /hosts cost \$12\.00, and 2\.25 % of what was wanted waited$/,
    );
    expect(pastLine(known)).toMatch(/hosts cost \$12\.00$/);
  });
});
