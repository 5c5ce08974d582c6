import type { Prepared, Unit } from '../model/prepared.js';
import type { DemandColumns } from './add-demand.js';
import type { NodeColumns } from './add-nodes.js';
import { dollars } from './dollars.js';
import type { ProgramBuilder } from './program-builder.js';
import type { BufferRows } from './program-layout.js';

/**
 * Idle slots that were there before the period, for demand above its forecast and for spot nodes that are taken: from the second
 * period on, since what starts now can serve a surprise only then. At most a share of them on spot nodes. What is missing of a part of
 * a ladder is missing of it too, and costs once.
 */
export const addBuffers = (
  builder: ProgramBuilder,
  prepared: Prepared,
  columns: NodeColumns & DemandColumns,
): readonly BufferRows[] => {
  const missingColumns = prepared.buffers.map(() => prepared.periods.map((): readonly number[] => []));
  const rows = prepared.buffers.map((): BufferRows => {
    const none = prepared.periods.map(() => -1);
    return { all: Int32Array.from(none), firm: Int32Array.from(none) };
  });
  const firmShare = 1 - prepared.problem.policy.buffer.maxSpotShare;
  for (const [index, ladder] of prepared.buffers.entries())
    for (const [period, { hours }] of prepared.periods.entries()) {
      if (!ladder.counts[period]) continue;
      const missing = ladder.steps.map(({ gpus, missingMicroUsdPerHour }, step) =>
        builder.addColumn({
          cost: dollars(missingMicroUsdPerHour * hours),
          upper: step === 0 ? Infinity : gpus,
        }),
      );
      missingColumns[index]![period] = missing;
      const all = (rows[index]!.all[period] = builder.addRow(ladder.totalGpus, Infinity));
      const firm = (rows[index]!.firm[period] = builder.addRow(ladder.totalGpus * firmShare, Infinity));
      const startsCount = isShort(prepared, period);
      for (const unit of ladder.units.map((at) => prepared.units[at]!)) {
        putIdle(builder, all, unit, columns, period, spotLoss(unit), startsCount);
        if (unit.offer.purchase !== 'spot') putIdle(builder, firm, unit, columns, period, 0, startsCount);
      }
      for (const pair of ladder.standing) {
        const { group, cell } = prepared.pairs[pair]!;
        const { slots, spot } = prepared.cells[cell]!;
        builder.put(all, columns.served[pair]![period]!, -(slots[group] ?? 0));
        if (!spot) builder.put(firm, columns.served[pair]![period]!, -(slots[group] ?? 0));
      }
      for (const column of [...missing, ...ladder.parts.flatMap((part) => missingColumns[part]![period]!)]) {
        builder.put(all, column, 1);
        builder.put(firm, column, firmShare);
      }
    }
  return rows;
};

/** What starts in a short period is there too late for a surprise in it; of a long one it misses little. */
export const isShort = ({ periods }: Prepared, period: number): boolean =>
  periods[period]!.lengthMs <= BUFFER_SHORT_UP_TO_MS;

const BUFFER_SHORT_UP_TO_MS = 1_800_000;

/** The share of a node that is expected to be missing, since it takes a lead to replace what was taken. */
export const spotLoss = ({ offer }: Unit): number =>
  (offer.behaviour.preemptionsPerNodeHour * offer.behaviour.leadMs) / 3_600_000;

const putIdle = (
  builder: ProgramBuilder,
  row: number,
  { index, slots }: Unit,
  { nodes, starts }: NodeColumns,
  period: number,
  loss: number,
  isShortPeriod: boolean,
): void => {
  builder.put(row, nodes[index]![period]!, slots * (1 - loss));
  if (isShortPeriod) builder.put(row, starts[index]![period]!, -slots);
};
