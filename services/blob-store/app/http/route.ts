import type { BlobId } from '@slipway/contracts';

/** What a request to the bytes' side asks for. The internal side is for our own services, the signed side for clients. */
export type Route =
  | Readonly<{ side: 'internal'; action: 'put-object'; digest?: string; kept: boolean }>
  | Readonly<{ side: 'internal'; action: 'get-object'; digest: string }>
  | Readonly<{ side: 'internal'; action: 'put-blob'; workspaceId: string }>
  | Readonly<{ side: 'internal'; action: 'get-blob'; blobId: BlobId }>
  | Readonly<{ side: 'signed'; action: 'upload' | 'download' | 'complete'; blobId: BlobId }>
  | Readonly<{ side: 'signed'; action: 'upload-part'; blobId: BlobId; partNumber: number }>;

/** Undefined: there is no such thing here. */
export const routeOf = (method: string, url: URL): Route | undefined => {
  const [root, id = '', what, number] = url.pathname.split('/').slice(1);
  const reading = method === 'GET' || method === 'HEAD';
  if (root === 'objects' && method === 'PUT')
    return {
      side: 'internal',
      action: 'put-object',
      kept: url.searchParams.get('keep') !== 'no',
      ...(id === '' ? {} : { digest: id }),
    };
  if (root === 'objects' && reading) return { side: 'internal', action: 'get-object', digest: id };
  if (root === 'internal-blobs' && method === 'POST')
    return { side: 'internal', action: 'put-blob', workspaceId: url.searchParams.get('workspaceId') ?? '' };
  const blobId = id as BlobId;
  if (root === 'internal-blobs' && reading) return { side: 'internal', action: 'get-blob', blobId };
  if (root !== 'blobs') return undefined;
  if (what === 'content' && method === 'PUT') return { side: 'signed', action: 'upload', blobId };
  if (what === 'content' && reading) return { side: 'signed', action: 'download', blobId };
  if (what === 'completion' && method === 'POST') return { side: 'signed', action: 'complete', blobId };
  if (what === 'parts' && method === 'PUT')
    return { side: 'signed', action: 'upload-part', blobId, partNumber: Number(number) };
  return undefined;
};
