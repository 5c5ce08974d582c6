import { inTransaction, isStatementTimeout, type LendingPool, type SqlPool } from '@slipway/event-store';
import type { WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { FairTurns } from '../streams/fair-turns.js';

/** Of the connections that all requests share (database.ts). */
const SHARE = { atOnce: 3, ofOneKey: 2 };
const MOST_MS = { statement: 10_000, waiting: 20_000 };

/** Lends few connections, and none for long, to what may look at much: lists, counts, figures, series. Other requests go on beside it. */
export class Statistics {
  private readonly turns = new FairTurns(SHARE);

  constructor(
    private readonly pool: LendingPool,
    private readonly mostMs: Readonly<typeof MOST_MS> = MOST_MS,
  ) {}

  /** Reads on one connection, a statement after another. Throws RefusedError where one takes too long, or its turn does not come. */
  async read<Result>(
    workspaceId: WorkspaceId | undefined,
    read: (connection: SqlPool) => Promise<Result>,
  ): Promise<Result> {
    const end = await this.turn(workspaceId ?? '');
    try {
      return await inTransaction(this.pool, async (connection) => {
        await connection.query({ text: `set local statement_timeout = ${this.mostMs.statement}` });
        return read(connection);
      });
    } catch (error) {
      throw isStatementTimeout(error) ? tooLong(this.mostMs.statement) : error;
    } finally {
      end();
    }
  }

  private async turn(key: string): Promise<() => void> {
    const waited = new AbortController();
    const clock = setTimeout(() => waited.abort(), this.mostMs.waiting);
    try {
      return await this.turns.take(key, waited.signal);
    } catch {
      throw busy(this.mostMs.waiting);
    } finally {
      clearTimeout(clock);
    }
  }
}

const tooLong = (ms: number): RefusedError =>
  new RefusedError(
    refuse(
      'exhausted',
      'statistics-too-long',
      `This takes the database longer than ${ms / 1000} s: ask for less time, or for fewer.`,
    ),
  );

const busy = (ms: number): RefusedError =>
  new RefusedError(
    refuse(
      'exhausted',
      'statistics-busy',
      `Lists and statistics that were asked for before took longer than ${ms / 1000} s: ask again later.`,
    ),
  );
