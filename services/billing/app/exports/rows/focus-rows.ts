import {
  adjustmentRow,
  creditRow,
  dailyUses,
  hourlyUse,
  monthParts,
  useRow,
  type ExportedCharge,
  type ExportedUse,
  type ExportPeriod,
  type FocusRow,
  type Granularity,
} from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { exportedAdjustments } from './exported-adjustments.js';
import { exportedCharges, type OfExport } from './exported-charges.js';
import { exportedCredits } from './exported-credits.js';

/**
 * All rows of a period: what is billed in it, in an order of their own, so that the same books give the same rows. The connection
 * is in a transaction that sees one moment.
 */
export async function* focusRows(
  connection: SqlPool,
  of: OfExport & Readonly<{ period: ExportPeriod; issuer: string }>,
): AsyncGenerator<FocusRow> {
  for (const part of monthParts(of.period)) {
    yield* useRows(exportedCharges(connection, of, part), of.granularity, of.issuer);
    for await (const adjustment of exportedAdjustments(connection, of, part))
      yield adjustmentRow(adjustment, of.granularity, of.issuer);
    if (part.withCredits)
      for await (const credit of exportedCredits(connection, of, part)) yield creditRow(credit, of.issuer);
  }
}

/** The rows of charges. Daily ones come in the order of day, workspace, environment, resource and SKU. */
export async function* useRows(
  charges: AsyncIterable<ExportedCharge>,
  granularity: Granularity,
  issuer: string,
): AsyncGenerator<FocusRow> {
  const uses = granularity === 'daily' ? dailyUses(charges) : hourlyUses(charges);
  for await (const use of uses) yield useRow(use, issuer);
}

async function* hourlyUses(charges: AsyncIterable<ExportedCharge>): AsyncGenerator<ExportedUse> {
  for await (const charge of charges) yield hourlyUse(charge);
}
