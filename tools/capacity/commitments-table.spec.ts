import { commitmentsTable } from './commitments-table.ts';
import type { CommitmentsAnswer } from './plan-answers.ts';

const shared = {
  ...{ vendor: 'aws', startsAt: '2026-11-01T00:00:00.000Z', endsAt: '2027-11-01T00:00:00.000Z' },
  ...{ recorded: { at: '2026-11-01T09:00:00.000Z', by: 'ada' }, offers: 3 },
};
const answer: CommitmentsAnswer = {
  at: '2026-11-21T12:00:00.000Z',
  items: [
    {
      ...{ ...shared, commitmentId: 'ri-1', instanceType: 'p5.48xlarge', nodes: 4 },
      kind: 'nodes',
      state: 'in-force',
      ...{ priceMicroUsdPerNodeHour: 34_100_000, paidMicroUsdPerHour: 136_400_000 },
      ...{ usedNodes: 3, usedMicroUsdPerHour: 165_120_000 },
    },
    {
      ...{ ...shared, commitmentId: 'sp-1' },
      kind: 'spend',
      state: 'to-come',
      ...{ coveredMicroUsdPerHour: 100_000_000, priceMicroUsdPerHour: 72_000_000 },
      ...{ usedNodes: 0, usedMicroUsdPerHour: 0, paidMicroUsdPerHour: 0 },
    },
  ],
  paidMicroUsdPerHour: 136_400_000,
  usedMicroUsdPerHour: 165_120_000,
};

test('a commitment is shown with what it covers, how much of it is used, and what it costs in any case', () => {
  const shown = commitmentsTable(answer);
  expect(shown).toMatch(
    /ri-1 +4 × aws any region p5.48xlarge +3 +2026-11-01 +2027-11-01 +in-force +3 of 4, worth \$165.12/,
  );
  expect(shown).toMatch(/sp-1 +\$100.00 an hour of aws's bill +3 .* to-come +- /);
  expect(shown).toContain('$136.40 an hour in any case');
});

test('where there is none, it says how one is told', () => {
  expect(commitmentsTable({ ...answer, items: [] })).toMatch(/Nothing was committed to; plan commit/);
});
