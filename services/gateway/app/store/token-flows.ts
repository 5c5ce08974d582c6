import { createHash, timingSafeEqual } from 'node:crypto';
import type { SqlPool } from '@slipway/event-store';
import { refuse, RefusedError } from '@slipway/kernel';
import type { SecretCipher } from './secret-cipher.js';

/** Who asks for a token, as far as can be told: what a client says of itself proves nothing. */
export type AskedBy = Readonly<{ machine: string; platform: string; client: string; address: string }>;

export type NewTokenFlow = Readonly<{
  flowId: string;
  code: string;
  waitSecret: string;
  askedBy: AskedBy;
  tokenLifeMs?: number;
  createdAt: number;
  expiresAt: number;
}>;

export type TokenFlow = Readonly<{
  flowId: string;
  code: string;
  askedBy: AskedBy;
  tokenLifeMs?: number;
  createdAt: number;
  expiresAt: number;
  approved: boolean;
}>;

export type GrantedToken = Readonly<{ tokenId: string; tokenSecret: string; workspaceName: string }>;

type Row = Readonly<{
  flow_id: string;
  code: string;
  wait_digest: Buffer;
  asked_by: AskedBy;
  token_life_ms: string | null;
  created_at: string;
  expires_at: string;
  token_id: string | null;
  workspace_name: string | null;
  key_id: string | null;
  nonce: Buffer | null;
  sealed: Buffer | null;
}>;

/** Of one address, which many may share. */
const MOST_OPEN = 200;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Requests for tokens that wait for somebody's yes; the granted secret is kept, encrypted, until the request is over. */
export class TokenFlows {
  constructor(
    private readonly pool: SqlPool,
    private readonly cipher: SecretCipher,
  ) {}

  /** Throws RefusedError where too many requests of one address wait for a yes. */
  async create(flow: NewTokenFlow): Promise<void> {
    const { rowCount } = await this.pool.query({
      text: `with over as (delete from gateway.token_flows where expires_at <= $6)
        insert into gateway.token_flows (flow_id, code, wait_digest, asked_by, token_life_ms, created_at, expires_at)
        select $1, $2, $3, $4::jsonb, $5::bigint, $6::bigint, $7::bigint
        where (select count(*) from gateway.token_flows
          where asked_by->>'address' = $4::jsonb->>'address' and token_id is null and expires_at > $6) < ${MOST_OPEN}`,
      values: [
        flow.flowId,
        flow.code,
        digest(flow.waitSecret),
        JSON.stringify(flow.askedBy),
        flow.tokenLifeMs ?? null,
        flow.createdAt,
        flow.expiresAt,
      ],
    });
    if (rowCount === 0)
      throw new RefusedError(
        refuse(
          'exhausted',
          'token-flows-open',
          `${MOST_OPEN} requests for tokens from ${flow.askedBy.address} wait for somebody's yes; they end after 15 minutes.`,
        ),
      );
  }

  /** Those of these requests that wait for somebody's yes. */
  async stillOpen(flowIds: readonly string[], at: number): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<Pick<Row, 'flow_id'>>({
      text: `select flow_id from gateway.token_flows
        where flow_id in (select json_array_elements_text($1::json)) and token_id is null and expires_at > $2`,
      values: [JSON.stringify(flowIds), at],
    });
    return new Set(rows.map((row) => row.flow_id));
  }

  async find(flowId: string, at: number): Promise<TokenFlow | undefined> {
    const row = await this.row(flowId, at);
    return (
      row && {
        flowId,
        code: row.code,
        askedBy: row.asked_by,
        createdAt: Number(row.created_at),
        expiresAt: Number(row.expires_at),
        approved: row.token_id !== null,
        ...(row.token_life_ms === null ? {} : { tokenLifeMs: Number(row.token_life_ms) }),
      }
    );
  }

  /** Whether this was the yes; false where the request is over or has had its yes. */
  async grant(flowId: string, granted: GrantedToken, at: number): Promise<boolean> {
    const { keyId, nonce, sealed } = this.cipher.seal(flowId, { secret: granted.tokenSecret });
    const { rowCount } = await this.pool.query({
      text: `update gateway.token_flows
        set token_id = $2, workspace_name = $3, key_id = $4, nonce = $5, sealed = $6
        where flow_id = $1 and token_id is null and expires_at > $7`,
      values: [flowId, granted.tokenId, granted.workspaceName, keyId, nonce, sealed, at],
    });
    return rowCount === 1;
  }

  /** What was granted, for who knows the secret of the wait; 'waiting' until then, 'over' where there is no such request. */
  async granted(flowId: string, waitSecret: string, at: number): Promise<GrantedToken | 'waiting' | 'over'> {
    const row = await this.row(flowId, at);
    if (row === undefined || !timingSafeEqual(row.wait_digest, digest(waitSecret))) return 'over';
    const { token_id, workspace_name, key_id, nonce, sealed } = row;
    if (token_id === null || workspace_name === null || key_id === null || nonce === null || sealed === null)
      return 'waiting';
    const { secret = '' } = this.cipher.open(flowId, { keyId: key_id, nonce, sealed });
    return { tokenId: token_id, tokenSecret: secret, workspaceName: workspace_name };
  }

  private async row(flowId: string, at: number): Promise<Row | undefined> {
    const { rows } = await this.pool.query<Row>({
      text: `select * from gateway.token_flows where flow_id = $1 and expires_at > $2`,
      values: [flowId, at],
    });
    return rows[0];
  }
}
