import { usageSourceOf, type UsageFact } from '@slipway/contracts';
import { factKey, type CheckedFact, type KnownFact, type KnownSource } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';

type SourceRow = {
  source: string;
  kind: UsageFact['kind'];
  workspace_id: string;
  owner: string;
  taken: string;
  highest_sequence: string;
  end_sequence: string | null;
  until_ms: string;
  last_taken_at_ms: string;
  gap_since_ms: string | null;
};

const knownSourceOf = (row: SourceRow): KnownSource => ({
  source: row.source,
  kind: row.kind,
  workspaceId: row.workspace_id,
  owner: row.owner,
  taken: Number(row.taken),
  highestSequence: Number(row.highest_sequence),
  ...(row.end_sequence !== null && { endSequence: Number(row.end_sequence) }),
  untilMs: Number(row.until_ms),
  lastTakenAtMs: Number(row.last_taken_at_ms),
  ...(row.gap_since_ms !== null && { gapSinceMs: Number(row.gap_since_ms) }),
});

export const readSources = async (
  connection: SqlPool,
  facts: readonly CheckedFact[],
): Promise<ReadonlyMap<string, KnownSource>> => {
  const { rows } = await connection.query<SourceRow>({
    name: 'read-usage-sources',
    text: 'select * from billing.usage_sources where source = any($1)',
    values: [[...new Set(facts.map(({ fact }) => usageSourceOf(fact)))]],
  });
  return new Map(rows.map((row) => [row.source, knownSourceOf(row)]));
};

/** The facts under the same names, and those beside them. */
export const readNeighbours = async (
  connection: SqlPool,
  facts: readonly CheckedFact[],
): Promise<ReadonlyMap<string, KnownFact>> => {
  if (facts.length === 0) return new Map();
  const { rows } = await connection.query<{
    source: string;
    sequence: string;
    from_ms: string;
    duration_ns: string;
    digest: Buffer;
  }>({
    name: 'read-usage-neighbours',
    text: `select f.source, f.sequence, f.from_ms, f.duration_ns, f.digest
           from unnest($1::text[], $2::bigint[]) as asked (source, sequence)
           join billing.usage_facts f
             on f.source = asked.source and f.sequence between asked.sequence - 1 and asked.sequence + 1`,
    values: [facts.map(({ fact }) => usageSourceOf(fact)), facts.map(({ fact }) => fact.sequence)],
  });
  return new Map(
    rows.map((row) => [
      factKey(row.source, Number(row.sequence)),
      {
        fromMs: Number(row.from_ms),
        durationNs: Number(row.duration_ns),
        digest: row.digest.toString('hex'),
      },
    ]),
  );
};

export const writeSources = async (connection: SqlPool, sources: readonly KnownSource[]): Promise<void> => {
  await connection.query({
    name: 'write-usage-sources',
    text: `insert into billing.usage_sources as known
             (source, kind, workspace_id, owner, taken, highest_sequence, end_sequence, until_ms, last_taken_at_ms,
              gap_since_ms)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
             $8::bigint[], $9::bigint[], $10::bigint[])
           on conflict (source) do update set taken = excluded.taken, highest_sequence = excluded.highest_sequence,
             end_sequence = excluded.end_sequence, until_ms = excluded.until_ms,
             last_taken_at_ms = excluded.last_taken_at_ms, gap_since_ms = excluded.gap_since_ms`,
    values: [
      sources.map(({ source }) => source),
      sources.map(({ kind }) => kind),
      sources.map(({ workspaceId }) => workspaceId),
      sources.map(({ owner }) => owner),
      sources.map(({ taken }) => taken),
      sources.map(({ highestSequence }) => highestSequence),
      sources.map(({ endSequence }) => endSequence ?? null),
      sources.map(({ untilMs }) => untilMs),
      sources.map(({ lastTakenAtMs }) => lastTakenAtMs),
      sources.map(({ gapSinceMs }) => gapSinceMs ?? null),
    ],
  });
};

const UNFINISHED = {
  'sequence-gap': { where: 'taken <= highest_sequence', since: 'gap_since_ms' },
  'container-without-end': {
    where: `kind = 'container' and end_sequence is null`,
    since: 'last_taken_at_ms',
  },
} as const;

export type MissingUsageCode = keyof typeof UNFINISHED;
export const MISSING_USAGE_CODES = Object.keys(UNFINISHED) as readonly MissingUsageCode[];

/** Sources of which something has been missing since before a moment, the latest first. */
export const readUnfinishedSources = async (
  connection: SqlPool,
  { code, beforeMs, limit }: Readonly<{ code: MissingUsageCode; beforeMs: number; limit: number }>,
): Promise<readonly KnownSource[]> => {
  const { where, since } = UNFINISHED[code];
  const { rows } = await connection.query<SourceRow>({
    name: `read-sources-of-${code}`,
    text: `select * from billing.usage_sources where ${where} and ${since} <= $1 order by ${since} desc limit $2`,
    values: [beforeMs, limit],
  });
  return rows.map(knownSourceOf);
};
