import type { UsageFact } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { joinFact } from './split-fact.js';

type Row = {
  position: string;
  sequence: string;
  from_ms: string;
  duration_ns: string;
  subject: Readonly<Record<string, unknown>>;
  measured: readonly unknown[];
};

/**
 * The facts that were taken after a position, in the order of their positions. A position is given in the transaction that
 * takes the fact, one such at a time: what was read up to a position is all that there will ever be before it.
 */
export const readTakenUsage = async (
  connection: SqlPool,
  after: bigint,
  limit: number,
): Promise<readonly Readonly<{ position: bigint; fact: UsageFact }>[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-taken-usage',
    text: `select f.position, f.sequence, f.from_ms, f.duration_ns, s.subject, f.measured
           from billing.usage_facts f join billing.usage_subjects s using (subject_id)
           where f.position > $1 order by f.position limit $2`,
    values: [String(after), limit],
  });
  return rows.map((row) => ({ position: BigInt(row.position), fact: factOf(row) }));
};

/** The facts of one container or volume, in the order of their numbers. */
export const readFactsOf = async (connection: SqlPool, source: string): Promise<readonly UsageFact[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-facts-of',
    text: `select f.position, f.sequence, f.from_ms, f.duration_ns, s.subject, f.measured
           from billing.usage_facts f join billing.usage_subjects s using (subject_id)
           where f.source = $1 order by f.sequence`,
    values: [source],
  });
  return rows.map(factOf);
};

const factOf = ({ sequence, from_ms, duration_ns, subject, measured }: Row): UsageFact =>
  joinFact(
    { subject, measured },
    { sequence: Number(sequence), fromMs: Number(from_ms), durationNs: Number(duration_ns) },
  );
