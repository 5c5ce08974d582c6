import type { Digest, MountId } from '@slipway/contracts';
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
const putMount = async (mountId: MountId, at: number) => {
  await putObject();
  const files = [{ filename: '/a', digest, sizeBytes: 1 }];
  await opened.records.putMount({ mountId, checksum: 'c', files, workspaceId, at });
};
const forgetting = 'delete from blob_store.mounts where mount_id = $1';
const filesOf = (mountId: MountId) => opened.records.mountFiles(mountId, { after: '', limit: 10 });

test('a file that is being forgotten is not said to be there', async () => {
  await putObject();
  const there = await whileUncommitted('delete from blob_store.objects where digest = $1', digest, () =>
    opened.records.touchObjects([digest], LATER),
  );
  expect(there).toEqual([]);
});

test('a mount that is being forgotten is not said to be there', async () => {
  await putMount('mo-1', AT);
  const there = await whileUncommitted(forgetting, 'mo-1', () =>
    opened.mountUses.note([workspaceId], ['mo-1'], { usedBy: 'ap-1', at: LATER }),
  );
  expect(there).toEqual([]);
});

test('a mount that is made again while it is being forgotten has its files', async () => {
  await putMount('mo-2', AT);
  await whileUncommitted(forgetting, 'mo-2', () => putMount('mo-2', LATER));
  expect(await filesOf('mo-2')).toHaveLength(1);
});

test('a mount that gets a use while it is looked at is not forgotten', async () => {
  await putMount('mo-3', AT);
  expect(await opened.mountUses.unused(LATER, 10)).toContainEqual(
    expect.objectContaining({ mountId: 'mo-3', touchedAt: AT }),
  );
  const using = `update blob_store.mounts set touched_at = ${LATER} where mount_id = $1`;
  expect(await whileUncommitted(using, 'mo-3', () => opened.mountUses.forget('mo-3', AT))).toBe(false);
  expect(await filesOf('mo-3')).toHaveLength(1);
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

test('mounts that were there before uses were written down are kept', async () => {
  await putMount('mo-4', AT);
  await opened.pool.query({ text: `update blob_store.mounts set kept = true where mount_id = 'mo-4'` });
  await putMount('mo-4', AT);
  expect((await opened.mountUses.unused(LATER, 10)).map(({ mountId }) => mountId)).not.toContain('mo-4');
  expect(await opened.mountUses.forget('mo-4', LATER)).toBe(false);
});
