import fc from 'fast-check';
import { sumHours } from '../invoices/close-month.js';
import { monthStart } from '../months/month.js';
import { lapsesAtClose, monthlyGrant } from './grant.js';
import type { HourAmount, OpenGrant } from './use-credits.js';

const HOUR_MS = 3_600_000;
const hoursIn = (month: string): fc.Arbitrary<readonly HourAmount[]> =>
  fc.array(
    fc
      .record({ n: fc.nat({ max: 30 * 24 - 1 }), amountMicroUsd: fc.bigInt({ min: 0n, max: 40n }) })
      .map(({ n, amountMicroUsd }) => ({ hour: monthStart(month) + n * HOUR_MS, amountMicroUsd })),
    { maxLength: 8 },
  );
const left = (grant: Omit<OpenGrant, 'leftMicroUsd'>): OpenGrant => ({
  ...grant,
  leftMicroUsd: grant.amountMicroUsd,
});

/** Closes months one after the other, and says what is due of all of them and which grants are left. */
const close = (
  months: Readonly<Record<string, readonly HourAmount[]>>,
  given: readonly OpenGrant[],
  paidAhead: bigint,
) => {
  let grants = given;
  let prepaid = paidAhead;
  let due = 0n;
  for (const [month, hours] of Object.entries(months)) {
    const sums = sumHours({ month, hours, adjustments: [], grants, prepaidLeftMicroUsd: prepaid });
    due += sums.dueMicroUsd;
    prepaid -= sums.prepaidMicroUsd;
    const used = new Map(sums.credits.map(({ grant, usedMicroUsd }) => [grant.grantId, usedMicroUsd]));
    grants = grants
      .map((grant) => ({ ...grant, leftMicroUsd: grant.leftMicroUsd - (used.get(grant.grantId) ?? 0n) }))
      .filter((grant) => !lapsesAtClose(grant, month));
  }
  return { due, grants };
};

test('whatever of a month becomes known in the next one, both together cost the same', () => {
  fc.assert(
    fc.property(
      hoursIn('2026-11'),
      hoursIn('2026-11'),
      hoursIn('2026-12'),
      fc.record({ free: fc.bigInt(0n, 100n), endless: fc.bigInt(0n, 100n), paidAhead: fc.bigInt(0n, 100n) }),
      (inTime, late, december, { free, endless, paidAhead }) => {
        const grants = [
          ...['2026-11', '2026-12'].map((month) => left(monthlyGrant('ws-1', month, free))),
          left({
            grantId: 'gr-1',
            workspaceId: 'ws-1',
            amountMicroUsd: endless,
            startsAt: 0,
            reason: 'a trial',
          }),
        ];
        const known = { '2026-11': [...inTime, ...late], '2026-12': december };
        const becameKnown = { '2026-11': inTime, '2026-12': [...late, ...december] };
        expect(close(becameKnown, grants, paidAhead).due).toBe(close(known, grants, paidAhead).due);
      },
    ),
  );
});

test('what is left of a grant lapses with the close of the month after its end', () => {
  const grants = [left(monthlyGrant('ws-1', '2026-11', 5n))];
  expect(close({ '2026-11': [] }, grants, 0n).grants).toEqual(grants);
  expect(close({ '2026-11': [], '2026-12': [] }, grants, 0n).grants).toEqual([]);
});
