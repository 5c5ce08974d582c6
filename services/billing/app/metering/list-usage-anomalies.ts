import type { AnswerOf, AskOf } from '@slipway/contracts';
import { missingUsage } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { readUnfinishedSources } from '../store/known-usage-rows.js';
import { readAnomalies } from '../store/usage-anomaly-rows.js';

/** What was refused, as it was written down, and what is missing as things stand. */
export const listUsageAnomalies = async (
  pool: SqlPool,
  { code, limit }: AskOf<'billing.list-usage-anomalies'>,
  atMs: number,
): Promise<AnswerOf<'billing.list-usage-anomalies'>> => {
  const unfinished = await readUnfinishedSources(pool, atMs, limit);
  const missing = unfinished
    .flatMap((source) => missingUsage(source, atMs))
    .filter((anomaly) => code === undefined || anomaly.code === code);
  const refused = await readAnomalies(pool, { ...(code !== undefined && { code }), limit });
  return {
    anomalies: [...missing, ...refused].toSorted((a, b) => b.seenAtMs - a.seenAtMs).slice(0, limit),
  };
};
