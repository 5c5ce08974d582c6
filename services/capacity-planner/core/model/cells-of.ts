import type { GpuType } from '../catalogue/offer.js';
import type { PlanningPolicy } from '../policy.js';
import type { GroupWaitPrices } from '../prices/wait-prices.js';
import { waitingShare } from '../prices/waiting-share.js';
import type { OfferUse } from './find-cells.js';
import type { Cell, Unit } from './prepared.js';

type CellParts = Readonly<{
  signatures: readonly string[];
  uses: readonly OfferUse[];
  units: readonly Pick<Unit, 'index' | 'cell'>[];
  waits: readonly GroupWaitPrices[];
  reference: ReadonlyMap<GpuType, number>;
  policy: PlanningPolicy;
}>;

/** One cell for each signature, in their order: offers that the same groups may use in the same way. */
export const cellsOf = ({
  signatures,
  uses,
  units,
  waits,
  reference,
  policy,
}: CellParts): readonly Cell[] => {
  const usesOf = Map.groupBy(uses, ({ signature }) => signature);
  const unitsOf = Map.groupBy(units, ({ cell }) => cell);
  return signatures.map((signature, index) => {
    const ofCell = usesOf.get(signature)!;
    const cell = cellFrom(
      index,
      ofCell,
      (unitsOf.get(index) ?? []).map((unit) => unit.index),
    );
    const waiting = waitingShare(ofCell.map(({ offer }) => offer));
    const batchWait = (reference.get(cell.gpuType) ?? 0) * policy.prices.lateness.batch;
    return {
      ...cell,
      risk: cell.slots.map((slots, group) =>
        slots === 0
          ? 0
          : Math.round(waiting * Math.max(0, waits[group]!.lateMicroUsdPerHour - slots * batchWait)),
      ),
    };
  });
};

const cellFrom = (index: number, uses: readonly OfferUse[], units: readonly number[]): Omit<Cell, 'risk'> => {
  const first = uses[0]!;
  return {
    index,
    cellId: `cell-${index}`,
    gpuType: first.offer.shape.gpuType,
    spot: first.offer.purchase === 'spot',
    leadMs: Math.max(...uses.map(({ offer }) => offer.behaviour.leadMs)),
    slots: first.slots,
    egress: first.egress,
    units,
    sizes: [...new Set(first.slots)].filter((size) => size > 0).toSorted((a, b) => a - b),
  };
};
