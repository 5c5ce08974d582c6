import { brokenRulesTable } from './broken-rules-table.ts';

const heads = ['5 MIN', '15 MIN', '30 MIN'];
const quota = { name: 'quota', subject: 'aws/us/H100', unit: 'gpus', periodIndex: 0, amount: 8 };
const shortage = { name: 'shortage', subject: 'group-1', unit: 'containers', amount: 3 };

const rowsOf = (slacks: Parameters<typeof brokenRulesTable>[0]): readonly string[] =>
  brokenRulesTable(slacks, heads)
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
    .map((line) => line.replace(/ {2,}/g, ' | '));

test('a rule is one row, with each period, and the dearest is the first', () => {
  expect(
    rowsOf([
      { ...quota, costMicroUsd: 2_000_000 },
      { ...shortage, periodIndex: 0, costMicroUsd: 4_000_000 },
      { ...shortage, periodIndex: 2, amount: 1.5, costMicroUsd: 1_000_000 },
    ]),
  ).toEqual([
    'BROKEN RULE | OF | BY | 5 MIN | 15 MIN | 30 MIN | COSTS',
    'shortage | group-1 | containers | 3 | - | 1.5 | $5.00',
    'quota | aws/us/H100 | gpus | 8 | - | - | $2.00',
  ]);
});

test('what a rule is broken by in a period is added up', () => {
  const [, row] = rowsOf([
    { ...quota, costMicroUsd: 2_000_000 },
    { ...quota, amount: 4, costMicroUsd: 0 },
  ]);
  expect(row).toBe('quota | aws/us/H100 | gpus | 12 | - | - | $2.00');
});

test('money above a cap is told in dollars', () => {
  const spend = { name: 'spend', subject: '', unit: 'micro-usd-per-hour', periodIndex: 0 };
  expect(rowsOf([{ ...spend, amount: 5_500_000, costMicroUsd: 0 }])[1]).toBe(
    'spend | - | an hour | $5.50 | - | - | $0.00',
  );
});

test('a buffer that misses some is no broken rule', () => {
  const buffer = { name: 'buffer', subject: 'H100', unit: 'gpus', periodIndex: 1, amount: 2 };
  expect(brokenRulesTable([{ ...buffer, costMicroUsd: 9_000_000 }], heads)).toEqual([]);
});
