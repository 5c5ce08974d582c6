import type { BlobId, Digest, WorkspaceId } from '@slipway/contracts';

/** What a request to the bytes' side asks for. The internal side is for our own services, the signed side for clients. */
export type Route =
  | Readonly<{ side: 'internal'; action: 'put-object'; digest?: string; kept: boolean; usedBy?: string }>
  | Readonly<{ side: 'internal'; action: 'get-object'; digest: string }>
  | Readonly<{ side: 'internal'; action: 'put-blob'; workspaceId: string }>
  | Readonly<{ side: 'internal'; action: 'get-blob'; blobId: BlobId }>
  | Readonly<{ side: 'signed'; action: 'upload' | 'download' | 'complete'; blobId: BlobId }>
  | Readonly<{ side: 'signed'; action: 'upload-part'; blobId: BlobId; partNumber: number }>
  | VolumeBlockRoute;

/** Blocks of volumes: put whole for a workspace, got in part, `first` and `end` counting from the block's beginning. */
export type VolumeBlockRoute =
  | Readonly<{ side: 'signed'; action: 'put-block'; digest: Digest; workspaceId: WorkspaceId }>
  | (Readonly<{ side: 'signed'; action: 'get-block'; digest: Digest }> & BlockPart);

export type BlockPart = Readonly<{ first: number; end: number; padding: 'by-client' | 'by-server' }>;

/** Undefined: there is no such thing here. */
export const routeOf = (method: string, url: URL): Route | undefined => {
  const [root, id = '', what, number] = url.pathname.split('/').slice(1);
  const reading = method === 'GET' || method === 'HEAD';
  if (root === 'objects' && method === 'PUT') {
    const usedBy = url.searchParams.get('usedBy');
    return {
      side: 'internal',
      action: 'put-object',
      kept: usedBy === null && url.searchParams.get('keep') !== 'no',
      ...(usedBy && { usedBy }),
      ...(id === '' ? {} : { digest: id }),
    };
  }
  if (root === 'objects' && reading) return { side: 'internal', action: 'get-object', digest: id };
  if (root === 'internal-blobs' && method === 'POST')
    return { side: 'internal', action: 'put-blob', workspaceId: url.searchParams.get('workspaceId') ?? '' };
  const blobId = id as BlobId;
  if (root === 'internal-blobs' && reading) return { side: 'internal', action: 'get-blob', blobId };
  if (root === 'volume-uploads' && method === 'PUT') {
    const digest = url.searchParams.get('digest') ?? '';
    return { side: 'signed', action: 'put-block', digest, workspaceId: id };
  }
  if (root === 'volume-blocks' && reading) return blockRouteOf(id as Digest, what, number);
  if (root !== 'blobs') return undefined;
  if (what === 'content' && method === 'PUT') return { side: 'signed', action: 'upload', blobId };
  if (what === 'content' && reading) return { side: 'signed', action: 'download', blobId };
  if (what === 'completion' && method === 'POST') return { side: 'signed', action: 'complete', blobId };
  if (what === 'parts' && method === 'PUT')
    return { side: 'signed', action: 'upload-part', blobId, partNumber: Number(number) };
  return undefined;
};

const blockRouteOf = (
  digest: Digest,
  part: string | undefined,
  padding: string | undefined,
): VolumeBlockRoute | undefined => {
  const [, first, end] = /^(\d+)-(\d+)$/.exec(part ?? '') ?? [];
  if (first === undefined || (padding !== 'by-client' && padding !== 'by-server')) return undefined;
  return { side: 'signed', action: 'get-block', digest, first: Number(first), end: Number(end), padding };
};
