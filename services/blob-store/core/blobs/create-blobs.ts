import type { AskOf, AnswerOf, BlobId, Digest, WorkspaceId } from '@slipway/contracts';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import { objectId } from '../object-id.js';
import { atMost } from '../objects/at-most.js';
import type { ObjectShelf } from '../objects/object-shelf.js';
import type { Bytes, Ports } from '../ports.js';
import { signPath } from '../signing/signed-path.js';
import { multipartEtag } from '../uploads/multipart-etag.js';
import { orderParts } from '../uploads/order-parts.js';
import { parseCompletion } from '../uploads/parse-completion.js';
import { MOST_PARTS, partSizeBytes, planUpload, type UploadLimits } from '../uploads/plan-upload.js';
import { base64ToHex } from '../uploads/base64-to-hex.js';
import { GRACE_MS } from '../garbage/is-garbage.js';
import { BLOB_LIFETIME_MS, type Blob, type StoredBlob } from './blob.js';
import { readableBlob } from './readable-blob.js';

/** A URL must outlast a slow upload, and the retries of a client that was away. */
const URL_LIFETIME_MS = 24 * 60 * 60 * 1000;

export type Blobs = Readonly<{
  create(ask: AskOf<'blob-store.create-blob'>): Promise<AnswerOf<'blob-store.create-blob'>>;
  download(ask: AskOf<'blob-store.get-blob'>): Promise<AnswerOf<'blob-store.get-blob'>>;
  digestOf(ask: AskOf<'blob-store.digest-of-blob'>): Promise<AnswerOf<'blob-store.digest-of-blob'>>;
  /** Stores the whole body of a blob that is waited for; answers its md5. */
  upload(blobId: BlobId, body: Bytes, md5Base64?: string): Promise<string>;
  uploadPart(blobId: BlobId, partNumber: number, body: Bytes, md5Base64?: string): Promise<string>;
  /** Joins the uploaded parts; answers the ETag of the whole. `xml` is S3's CompleteMultipartUpload. */
  complete(blobId: BlobId, xml: string): Promise<string>;
  /** A blob that one of our own services made. */
  putInternal(workspaceId: WorkspaceId, body: Bytes): Promise<BlobId>;
  stored(blobId: BlobId): Promise<Readonly<{ digest: Digest; sizeBytes: number }>>;
}>;

export const createBlobs = (ports: Ports, shelf: ObjectShelf, limits: UploadLimits): Blobs => {
  const { records, blockOwners, hashing, now, randomBytes } = ports;
  const newBlobId = (): BlobId => objectId('bl', randomBytes(17)) as BlobId;
  const signed = (method: string, path: string): string =>
    signPath(method, path, now() + URL_LIFETIME_MS, hashing.hmac);

  const waitedFor = async (blobId: BlobId): Promise<Extract<Blob, { status: 'uploading' }> | undefined> => {
    const blob = await records.findBlob(blobId);
    if (!blob)
      throw new RefusedError(
        refuse('not-found', 'blob-not-found', `blob '${blobId}' does not exist or has expired`),
      );
    return blob.status === 'uploading' ? blob : undefined;
  };

  const anyStored = async (blobId: BlobId): Promise<Extract<Blob, { status: 'stored' }>> => {
    const blob = await records.findBlob(blobId);
    return accepted(readableBlob(blobId, blob, blob?.workspaceId ?? ('' as WorkspaceId)));
  };

  /** What may be read stays for a day: as long as a URL of it may be used, and so that an input may come to name it. */
  const held = async ({ blobId, workspaceId }: AskOf<'blob-store.get-blob'>): Promise<StoredBlob> => {
    const read = async () => accepted(readableBlob(blobId, await records.findBlob(blobId), workspaceId));
    const until = now() + GRACE_MS;
    const blob = await read();
    if (blob.expiresAt >= until) return blob;
    await records.prolongBlobs([blobId], until);
    return read();
  };

  const announced = (md5Base64: string | undefined): { md5Hex?: string } =>
    md5Base64 === undefined ? {} : { md5Hex: accepted(base64ToHex('Content-MD5', md5Base64, 16)) };

  return {
    create: async ({ workspaceId, contentLengthBytes, contentMd5Base64, contentSha256Base64 }) => {
      const plan = accepted(planUpload(contentLengthBytes, limits));
      const blobId = newBlobId();
      const expiresAt = now() + BLOB_LIFETIME_MS;
      await records.putBlob({
        blobId,
        workspaceId,
        expiresAt,
        status: 'uploading',
        contentLengthBytes,
        ...(contentMd5Base64 ? { md5Hex: accepted(base64ToHex('contentMd5', contentMd5Base64, 16)) } : {}),
        ...(contentSha256Base64
          ? { sha256Hex: accepted(base64ToHex('contentSha256', contentSha256Base64, 32)) }
          : {}),
      });
      const path = `/blobs/${blobId}`;
      if (plan.kind === 'single') return { blobId, kind: 'single', path: signed('PUT', `${path}/content`) };
      return {
        blobId,
        kind: 'multipart',
        partLengthBytes: plan.partLengthBytes,
        partPaths: Array.from({ length: plan.partCount }, (_, index) =>
          signed('PUT', `${path}/parts/${index + 1}`),
        ),
        completionPath: signed('POST', `${path}/completion`),
      };
    },

    download: async (ask) => {
      const { sizeBytes } = await held(ask);
      return { path: signed('GET', `/blobs/${ask.blobId}/content`), sizeBytes };
    },

    digestOf: async (ask) => {
      const { digest, sizeBytes } = await held(ask);
      await blockOwners.add(ask.workspaceId, [digest]);
      return { digest, sizeBytes };
    },

    upload: async (blobId, body, md5Base64) => {
      const blob = await waitedFor(blobId);
      // A client whose first answer was lost sends the same bytes again: they must be the same.
      const expected = blob
        ? {
            sizeBytes: blob.contentLengthBytes,
            ...(blob.md5Hex === undefined ? {} : { md5Hex: blob.md5Hex }),
            ...(blob.sha256Hex === undefined ? {} : { sha256Hex: blob.sha256Hex }),
          }
        : await anyStored(blobId).then(({ digest, sizeBytes }) => ({
            sha256Hex: digest as string,
            sizeBytes,
          }));
      const stored = await shelf.put(atMost(body, expected.sizeBytes, 'body-too-long'), {
        kept: false,
        expected: { ...expected, ...announced(md5Base64) },
      });
      if (blob) await records.putBlob({ ...identityOf(blob), status: 'stored', ...objectOf(stored) });
      return stored.md5Hex;
    },

    uploadPart: async (blobId, partNumber, body, md5Base64) => {
      const blob = await waitedFor(blobId);
      if (!blob)
        throw new RefusedError(
          refuse('conflict', 'upload-complete', `the upload of blob '${blobId}' is complete already`),
        );
      const plan = accepted(planUpload(blob.contentLengthBytes, limits));
      const partCount = plan.kind === 'multipart' ? plan.partCount : 0;
      if (
        plan.kind !== 'multipart' ||
        !(partNumber >= 1 && partNumber <= partCount && partNumber <= MOST_PARTS)
      )
        throw new RefusedError(
          refuse(
            'invalid',
            'bad-part-number',
            `part ${partNumber} is not one of the ${partCount} of blob '${blobId}'`,
          ),
        );
      const sizeBytes = partSizeBytes(plan, blob.contentLengthBytes, partNumber);
      const part = await shelf.put(atMost(body, sizeBytes, 'body-too-long'), {
        kept: false,
        expected: { sizeBytes, ...announced(md5Base64) },
      });
      await records.putPart(blobId, { partNumber, ...part });
      return part.md5Hex;
    },

    complete: async (blobId, xml) => {
      const claimed = accepted(parseCompletion(xml));
      const etag = multipartEtag(claimed, hashing);
      const blob = await waitedFor(blobId);
      if (!blob) return etag;
      const plan = accepted(planUpload(blob.contentLengthBytes, limits));
      const partCount = plan.kind === 'multipart' ? plan.partCount : 1;
      const parts = accepted(orderParts(await records.partsOf(blobId), claimed, partCount));
      const stored = await shelf.put(joined(shelf, parts), {
        kept: false,
        expected: {
          sizeBytes: blob.contentLengthBytes,
          ...(blob.sha256Hex === undefined ? {} : { sha256Hex: blob.sha256Hex }),
        },
      });
      await records.putBlob({ ...identityOf(blob), status: 'stored', ...objectOf(stored) });
      await records.removeParts(blobId);
      return etag;
    },

    putInternal: async (workspaceId, body) => {
      const stored = await shelf.put(body, { kept: false, expected: {} });
      const blobId = newBlobId();
      const expiresAt = now() + BLOB_LIFETIME_MS;
      await records.putBlob({ blobId, workspaceId, expiresAt, status: 'stored', ...objectOf(stored) });
      return blobId;
    },

    stored: anyStored,
  };
};

const identityOf = ({
  blobId,
  workspaceId,
  expiresAt,
}: Blob): Pick<Blob, 'blobId' | 'workspaceId' | 'expiresAt'> => ({
  blobId,
  workspaceId,
  expiresAt,
});

const objectOf = ({
  digest,
  sizeBytes,
}: {
  digest: Digest;
  sizeBytes: number;
}): { digest: Digest; sizeBytes: number } => ({
  digest,
  sizeBytes,
});

async function* joined(shelf: ObjectShelf, parts: readonly { digest: Digest }[]): AsyncGenerator<Uint8Array> {
  for (const { digest } of parts) {
    const bytes = await shelf.read(digest);
    if (!bytes)
      throw new RefusedError(
        refuse('conflict', 'part-missing', `the part ${digest} is gone: upload it again`),
      );
    yield* bytes;
  }
}
