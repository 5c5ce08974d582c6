import type { RefusedUsage, UsageAnomaly } from '@slipway/contracts';
import { canonicalText, lateFacts, takeBatch, type TakenUsage } from '@slipway/billing-core';
import { inTransaction, type LendingPool } from '@slipway/event-store';
import { isStorable } from '@slipway/kernel';
import type { CheckedUsage } from './check-usage.js';
import type { JustTaken } from './just-taken.js';
import { readNeighbours, readSources, writeSources } from '../store/known-usage-rows.js';
import { writeAnomalies } from '../store/usage-anomaly-rows.js';
import { digestOf } from '../store/digest-of.js';
import { writeFacts } from '../store/usage-fact-rows.js';

/** Who holds it takes usage: one transaction at a time, in whichever process, so that positions follow the commits. */
const LOCK = 0x75_73_61_67;

/**
 * Takes facts in one transaction: those that are new are stored, those that were stored before are counted no more, all others
 * are refused and kept as anomalies. Once more with the same facts changes nothing.
 */
export const takeUsage = async (
  pool: LendingPool,
  { came, checked, unfit }: CheckedUsage,
  now: () => number,
  justTaken?: JustTaken,
): Promise<readonly RefusedUsage[]> => {
  let positioned: readonly TakenUsage[] = [];
  const refusals = await inTransaction(pool, async (connection) => {
    await connection.query({ name: 'hold-usage', text: 'select pg_advisory_xact_lock($1)', values: [LOCK] });
    const atMs = now();
    const known = await readSources(connection, checked);
    const late = lateFacts(checked, known);
    const beside = await readNeighbours(connection, late);
    const { taken, sources, refused } = takeBatch(checked, { sources: known, facts: beside }, atMs);
    if (taken.length > 0) {
      positioned = await writeFacts(connection, taken);
      await writeSources(connection, sources);
    }
    const all = [...unfit, ...refused];
    if (all.length > 0)
      await writeAnomalies(
        connection,
        all.map((refusal) => anomalyOf(refusal, came[refusal.index], atMs)),
      );
    return all;
  });
  justTaken?.keep(positioned);
  return refusals;
};

/** It is known by what came and why it was refused: sent again it is the same anomaly. */
const anomalyOf = ({ code, message }: RefusedUsage, fact: unknown, seenAtMs: number): UsageAnomaly => {
  const fields: Readonly<Record<string, unknown>> =
    typeof fact === 'object' && fact !== null ? { ...fact } : {};
  const source = textIn(fields, 'containerId') ?? textIn(fields, 'volumeId');
  const workspaceId = textIn(fields, 'workspaceId');
  const { sequence } = fields;
  return {
    anomalyId: digestOf(canonicalText([code, fact ?? null])),
    code,
    message,
    seenAtMs,
    ...(source !== undefined && { source }),
    ...(Number.isSafeInteger(sequence) && { sequence: sequence as number }),
    ...(workspaceId !== undefined && { workspaceId }),
    fact: fact ?? null,
  };
};

const textIn = (fields: Readonly<Record<string, unknown>>, name: string): string | undefined =>
  typeof fields[name] === 'string' && isStorable(fields[name]) ? fields[name] : undefined;
