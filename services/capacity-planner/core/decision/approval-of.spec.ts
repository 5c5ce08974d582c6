import { defaultPolicy, type Guardrails } from '../policy.js';
import { approvalOf, type Spending, type StandingVerdict } from './approval-of.js';

const HOUR_MS = 3_600_000;
const AT = 100 * HOUR_MS;
const guardrails: Guardrails = { ...defaultPolicy.guardrails, approvalAboveMicroUsdPerHour: 50 };
const spends = (paidMicroUsdPerHourBefore: number, paidMicroUsdPerHourAfter: number): Spending => ({
  ...{ paidMicroUsdPerHourBefore, paidMicroUsdPerHourAfter },
});
const approved = (at: number): StandingVerdict => ({
  summary: spends(10, 110),
  decided: { at, verdict: 'approved' },
});

test('a plan needs a person only where it adds more than may be added without one', () => {
  expect(approvalOf(spends(10, 60), guardrails, undefined, AT)).toBe('not-needed');
  expect(approvalOf(spends(10, 61), guardrails, undefined, AT)).toBe('needed');
  expect(approvalOf(spends(10, 9_000), defaultPolicy.guardrails, undefined, AT)).toBe('not-needed');
});

test('who approved a plan need not approve what spends no more, for an hour', () => {
  expect(approvalOf(spends(10, 110), guardrails, approved(AT - 1), AT)).toBe('not-needed');
  expect(approvalOf(spends(10, 111), guardrails, approved(AT - 1), AT)).toBe('needed');
  expect(approvalOf(spends(10, 110), guardrails, approved(AT - HOUR_MS), AT)).toBe('needed');
});
