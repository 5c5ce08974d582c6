import type { UsageAnomaly, UsageAnomalyCode } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

type Row = {
  anomaly_id: string;
  code: UsageAnomalyCode;
  message: string;
  seen_at_ms: string;
  source: string | null;
  sequence: string | null;
  workspace_id: string | null;
  fact: unknown;
};

/** Writes them down; one that was seen before stays as it was. */
export const writeAnomalies = async (
  connection: SqlPool,
  anomalies: readonly UsageAnomaly[],
): Promise<void> => {
  await connection.query({
    name: 'write-usage-anomalies',
    text: `insert into billing.usage_anomalies
             (anomaly_id, code, message, seen_at_ms, source, sequence, workspace_id, fact)
           select anomaly_id, code, message, seen_at_ms, source, sequence, workspace_id, fact::json
           from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::text[])
             as a (anomaly_id, code, message, seen_at_ms, source, sequence, workspace_id, fact)
           on conflict do nothing`,
    values: [
      anomalies.map(({ anomalyId }) => anomalyId),
      anomalies.map(({ code }) => code),
      anomalies.map(({ message }) => message),
      anomalies.map(({ seenAtMs }) => seenAtMs),
      anomalies.map(({ source }) => source ?? null),
      anomalies.map(({ sequence }) => sequence ?? null),
      anomalies.map(({ workspaceId }) => workspaceId ?? null),
      anomalies.map(({ fact }) => JSON.stringify(fact ?? null)),
    ],
  });
};

/** The newest first. */
export const readAnomalies = async (
  connection: SqlPool,
  { code, limit }: Readonly<{ code?: UsageAnomalyCode; limit: number }>,
): Promise<readonly UsageAnomaly[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-usage-anomalies',
    text: `select * from billing.usage_anomalies where $1::text is null or code = $1
           order by seen_at_ms desc, anomaly_id limit $2`,
    values: [code ?? null, limit],
  });
  return rows.map((row) => ({
    anomalyId: row.anomaly_id,
    code: row.code,
    message: row.message,
    seenAtMs: Number(row.seen_at_ms),
    ...(row.source !== null && { source: row.source }),
    ...(row.sequence !== null && { sequence: Number(row.sequence) }),
    ...(row.workspace_id !== null && { workspaceId: row.workspace_id }),
    fact: row.fact,
  }));
};
