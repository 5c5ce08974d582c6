import { planText } from './plan-text.ts';
import { samplePlan } from './plan.samples.testing.ts';

test('a plan that was decided about is shown with who it was and why', () => {
  const decided = {
    ...{ at: '2026-11-22T12:01:00.000Z', by: 'ada', verdict: 'rejected' as const, reason: 'too dear' },
  };
  const [first, second] = planText({ ...samplePlan, state: 'rejected', decided }).split('\n');
  expect(first).toContain('pl-1  rejected');
  expect(second).toBe('rejected by ada at 2026-11-22T12:01:00.000Z: too dear');
});

test('nobody is named where nobody decided', () => {
  expect(planText(samplePlan)).not.toMatch(/(approved|rejected) by/);
});

test('rules that are broken stand below the counts, by the same periods', () => {
  const slack = { name: 'quota', subject: 'aws/us/H100', unit: 'gpus', amount: 8, costMicroUsd: 2_000_000 };
  const shown = planText({ ...samplePlan, slacks: [{ ...slack, periodIndex: 1 }] });
  expect(shown).toMatch(/OFFER +NOW +5 MIN +15 MIN\n/);
  expect(shown).toMatch(
    /BROKEN RULE +OF +BY +5 MIN +15 MIN +COSTS\nquota +aws\/us\/H100 +gpus +- +8 +\$2\.00$/,
  );
});
