import { usageSourceOf } from '@slipway/contracts';
import type { TakenUsage } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { numberList, textList, TEXTS } from './list-text.js';
import type { FactToStore } from './stored-form.js';

/**
 * Writes facts behind those that are there, each with a position of its own, and answers these. Only under the lock of
 * take-usage.ts.
 */
export const writeFacts = async (
  connection: SqlPool,
  facts: readonly FactToStore[],
): Promise<readonly TakenUsage[]> => {
  const subjectIds = await writeSubjects(
    connection,
    new Map(facts.map(({ subject: { digest, text } }) => [digest, text])),
  );
  const { rows } = await connection.query<{ last: string }>({
    name: 'last-usage-position',
    text: 'select coalesce(max(position), 0) as last from billing.usage_facts',
  });
  const last = BigInt(rows[0]?.last ?? 0);
  const taken = facts.map(({ fact }, index) => ({ position: last + BigInt(index) + 1n, fact }));
  await connection.query({
    name: 'write-usage-facts',
    text: `insert into billing.usage_facts
             (source, sequence, position, subject_id, digest, from_ms, duration_ns, measured)
           select source, sequence, position, subject_id, decode(digest, 'hex'), from_ms, duration_ns, measured::json
           from unnest(${TEXTS('$1')}, $2::bigint[], $3::bigint[], $4::bigint[], ${TEXTS('$5')}, $6::bigint[],
             $7::bigint[], ${TEXTS('$8')}) as f (source, sequence, position, subject_id, digest, from_ms, duration_ns, measured)`,
    values: [
      textList(facts.map(({ fact }) => usageSourceOf(fact))),
      numberList(facts.map(({ fact }) => fact.sequence)),
      numberList(taken.map(({ position }) => position)),
      numberList(facts.map(({ subject }) => subjectIds.get(subject.digest))),
      textList(facts.map(({ digest }) => digest)),
      numberList(facts.map(({ fact }) => fact.fromMs)),
      numberList(facts.map(({ fact }) => fact.durationNs)),
      textList(facts.map(({ measured }) => measured)),
    ],
  });
  return taken;
};

const writeSubjects = async (
  connection: SqlPool,
  subjects: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> => {
  const digests = [...subjects.keys()];
  const known = await readSubjectIds(connection, digests);
  const missing = digests.filter((digest) => !known.has(digest));
  if (missing.length === 0) return known;
  const { rows } = await connection.query<{ subject_id: string; digest: string }>({
    name: 'write-usage-subjects',
    text: `insert into billing.usage_subjects (digest, subject)
           select decode(digest, 'hex'), subject::json from unnest($1::text[], $2::text[]) as s (digest, subject)
           returning subject_id, encode(digest, 'hex') as digest`,
    values: [missing, missing.map((digest) => subjects.get(digest))],
  });
  return new Map([...known, ...rows.map((row) => [row.digest, row.subject_id] as const)]);
};

const readSubjectIds = async (
  connection: SqlPool,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await connection.query<{ subject_id: string; digest: string }>({
    name: 'read-usage-subject-ids',
    text: `select subject_id, encode(digest, 'hex') as digest from billing.usage_subjects
           where digest in (select decode(asked, 'hex') from unnest($1::text[]) as asked)`,
    values: [digests],
  });
  return new Map(rows.map((row) => [row.digest, row.subject_id]));
};
