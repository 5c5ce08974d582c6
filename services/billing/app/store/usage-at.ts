import type { TakenUsage } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { joinFact } from './split-fact.js';

type Row = Readonly<{
  position: string;
  sequence: string;
  from_ms: string;
  duration_ns: string;
  subject: Readonly<Record<string, unknown>>;
  measured: readonly unknown[];
}>;

/** The facts at certain positions. */
export const readUsageAt = async (
  connection: SqlPool,
  positions: readonly string[],
): Promise<readonly TakenUsage[]> => {
  const { rows } = await connection.query<Row>({
    name: 'usage-at',
    text: `select position, sequence, from_ms, duration_ns, subject, measured
      from billing.usage_facts join billing.usage_subjects using (subject_id)
      where position = any($1::bigint[]) order by position`,
    values: [positions],
  });
  return rows.map(({ position, sequence, from_ms, duration_ns, subject, measured }) => ({
    position: BigInt(position),
    fact: joinFact(
      { subject, measured },
      { sequence: Number(sequence), fromMs: Number(from_ms), durationNs: Number(duration_ns) },
    ),
  }));
};
