import { monthlyGrant } from '../credits/grant.js';
import type { OpenGrant } from '../credits/use-credits.js';
import type { OpenMonth } from '../invoices/sum-open-months.js';
import { paidAhead } from './paid-ahead.js';

const HOUR_MS = 3_600_000;
const DECEMBER = Date.parse('2026-12-01T00:00:00Z');
const freeIn = (month: string, leftMicroUsd: bigint): OpenGrant => ({
  ...monthlyGrant('ws-1', month, leftMicroUsd),
  leftMicroUsd,
});
const used = (month: string, hour: number, amountMicroUsd: bigint): OpenMonth => ({
  month,
  hours: [{ hour, amountMicroUsd }],
  adjustments: [],
});
const usable = (asked: Parameters<typeof paidAhead>[0]): bigint => {
  const { limitMicroUsd, spentMicroUsd } = paidAhead(asked);
  return limitMicroUsd - spentMicroUsd;
};

test('what credit of the month before pays for takes nothing from the new one, though that has no invoice yet', () => {
  const months = [used('2026-11', DECEMBER - HOUR_MS, 30n), used('2026-12', DECEMBER, 4n)];
  const grants = [freeIn('2026-11', 30n), freeIn('2026-12', 30n)];
  const asked = { months, grants, prepaidLeftMicroUsd: 5n, at: DECEMBER + HOUR_MS };
  expect(paidAhead(asked)).toEqual({ limitMicroUsd: 65n, spentMicroUsd: 34n });
});

test('what is left of credit that is over is not there any more', () => {
  const months = [used('2026-11', DECEMBER - HOUR_MS, 10n)];
  const grants = [freeIn('2026-11', 30n)];
  expect(usable({ months, grants, prepaidLeftMicroUsd: 5n, at: DECEMBER })).toBe(5n);
});

test('credit pays for nothing that was used before it began', () => {
  const months = [used('2026-11', DECEMBER - HOUR_MS, 10n), { ...used('2026-12', DECEMBER, 0n), hours: [] }];
  const grants = [freeIn('2026-12', 30n)];
  expect(usable({ months, grants, prepaidLeftMicroUsd: 12n, at: DECEMBER })).toBe(32n);
});

test('what nothing pays for is taken from what may still be used', () => {
  const months = [used('2026-11', DECEMBER - HOUR_MS, 10n)];
  expect(usable({ months, grants: [], prepaidLeftMicroUsd: 3n, at: DECEMBER })).toBe(-7n);
});
