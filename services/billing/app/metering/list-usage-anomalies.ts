import type { AnswerOf, AskOf, UsageAnomaly } from '@slipway/contracts';
import { missingUsage, ON_THE_WAY_MS } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { MISSING_USAGE_CODES, readUnfinishedSources } from '../store/known-usage-rows.js';
import { readAnomalies } from '../store/usage-anomaly-rows.js';

/** What was refused, as it was written down, and what is missing as things stand. */
export const listUsageAnomalies = async (
  pool: SqlPool,
  { code, limit }: AskOf<'billing.list-usage-anomalies'>,
  atMs: number,
): Promise<AnswerOf<'billing.list-usage-anomalies'>> => {
  const missing: UsageAnomaly[] = [];
  for (const wanted of MISSING_USAGE_CODES.filter((one) => code === undefined || one === code)) {
    const sources = await readUnfinishedSources(pool, {
      code: wanted,
      beforeMs: atMs - ON_THE_WAY_MS,
      limit,
    });
    missing.push(
      ...sources.flatMap((source) => missingUsage(source, atMs)).filter((one) => one.code === wanted),
    );
  }
  const refused = await readAnomalies(pool, { ...(code !== undefined && { code }), limit });
  return {
    anomalies: [...missing, ...refused].toSorted((a, b) => b.seenAtMs - a.seenAtMs).slice(0, limit),
  };
};
