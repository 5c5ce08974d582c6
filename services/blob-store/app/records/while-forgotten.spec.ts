import type { Digest } from '@slipway/contracts';
import { inTransaction } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openRecords, type OpenedRecords } from './open-records.js';

const AT = 1_000_000_000;
const LATER = AT + 365 * 24 * 60 * 60 * 1000;
const workspaceId = 'ours';
const digest = 'd1' as Digest;
let opened: OpenedRecords;
overPostgres(openRecords, (found) => (opened = found));

/** Until a statement waits for rows that are locked. */
const othersWaiting = async (): Promise<void> => {
  while ((await opened.pool.query({ text: 'select from pg_locks where not granted' })).rowCount === 0);
};

/** What is answered to `ask` that comes while a statement has been carried out and is not committed. */
const whileUncommitted = async <Answer>(
  text: string,
  value: string,
  ask: () => Promise<Answer>,
): Promise<Answer> => {
  let answer: Promise<Answer> | undefined;
  await inTransaction(opened.pool, async (connection) => {
    await connection.query({ text, values: [value] });
    answer = ask();
    await othersWaiting();
  });
  return answer!;
};

const putObject = () => opened.records.putObject({ digest, sizeBytes: 1 }, { kept: false, at: AT });

test('a file that is being forgotten is not said to be there', async () => {
  await putObject();
  const there = await whileUncommitted('delete from blob_store.objects where digest = $1', digest, () =>
    opened.records.touchObjects([digest], LATER),
  );
  expect(there).toEqual([]);
});

test('a blob that is asked for while it is being judged is not forgotten', async () => {
  const blob = {
    blobId: 'bl-1',
    workspaceId,
    expiresAt: AT,
    status: 'uploading',
    contentLengthBytes: 1,
  } as const;
  await opened.records.putBlob(blob);
  const prolonging = `update blob_store.blobs set expires_at = ${LATER} where blob_id = $1`;
  expect(await whileUncommitted(prolonging, 'bl-1', () => opened.records.forgetBlobs(['bl-1'], AT + 1))).toBe(
    0,
  );
  expect(await opened.records.findBlob('bl-1')).toMatchObject({ expiresAt: LATER });
});
