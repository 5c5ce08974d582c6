import type { UsageFact } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { joinFact, type SplitFact } from './split-fact.js';

type Row = {
  position: string;
  sequence: string;
  from_ms: string;
  duration_ns: string;
  subject_id: string;
  measured: readonly unknown[];
};

type Subject = SplitFact['subject'];

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
    text: `select position, sequence, from_ms, duration_ns, subject_id, measured from billing.usage_facts
           where position > $1 order by position limit $2`,
    values: [String(after), limit],
  });
  const subjects = await readSubjects(connection, rows);
  return rows.map((row) => ({ position: BigInt(row.position), fact: factOf(row, subjects) }));
};

/** Some facts of one container or volume, in the order of their numbers: those after one of these. */
export const readFactsOf = async (
  connection: SqlPool,
  source: string,
  { after, limit }: Readonly<{ after: number; limit: number }>,
): Promise<readonly UsageFact[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-facts-of',
    text: `select position, sequence, from_ms, duration_ns, subject_id, measured from billing.usage_facts
           where source = $1 and sequence > $2 order by sequence limit $3`,
    values: [source, after, limit],
  });
  const subjects = await readSubjects(connection, rows);
  return rows.map((row) => factOf(row, subjects));
};

/** Each once, however many facts are of it. */
const readSubjects = async (
  connection: SqlPool,
  facts: readonly Row[],
): Promise<ReadonlyMap<string, Subject>> => {
  if (facts.length === 0) return new Map();
  const { rows } = await connection.query<{ subject_id: string; subject: Subject }>({
    name: 'read-subjects',
    text: 'select subject_id, subject from billing.usage_subjects where subject_id = any($1::bigint[])',
    values: [[...new Set(facts.map(({ subject_id }) => subject_id))]],
  });
  return new Map(rows.map(({ subject_id, subject }) => [subject_id, subject]));
};

const factOf = (
  { sequence, from_ms, duration_ns, subject_id, measured }: Row,
  subjects: ReadonlyMap<string, Subject>,
): UsageFact => {
  const subject = subjects.get(subject_id);
  if (subject === undefined) throw new Error(`usage is of subject ${subject_id}, which is not there`);
  return joinFact(
    { subject, measured },
    { sequence: Number(sequence), fromMs: Number(from_ms), durationNs: Number(duration_ns) },
  );
};
