import type { Cell, Prepared } from '../model/prepared.js';

/** Groups of a cell whose slots cost the same while they wait; ascending in that price. */
export type LateClass = Readonly<{ microUsdPerSlotHour: number; groups: readonly number[] }>;

export const lateClasses = (cell: Cell, { groups }: Prepared): readonly LateClass[] => {
  const byPrice = new Map<number, number[]>();
  for (const { index, prices } of groups) {
    const slots = cell.slots[index] ?? 0;
    if (slots === 0) continue;
    const price = prices.lateMicroUsdPerHour / slots;
    byPrice.set(price, [...(byPrice.get(price) ?? []), index]);
  }
  return [...byPrice]
    .map(([microUsdPerSlotHour, members]) => ({ microUsdPerSlotHour, groups: members }))
    .toSorted((a, b) => a.microUsdPerSlotHour - b.microUsdPerSlotHour);
};

/** How long a container waits for a node that starts in the period. */
export const lateHours = (cell: Cell, periodMs: number): number =>
  Math.min(cell.leadMs, periodMs) / 3_600_000;

/** Only where a period is short does it matter whether its capacity was there at its beginning. */
export const LATENESS_UP_TO_MS = 3_600_000;
