import { LATEST_FILE_TIME_MS, type VolumeListing } from '@slipway/contracts';
import { FileEntry, FileEntry_FileType } from '@slipway/protocol';
import type { RpcCall, StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

type Parts = Pick<RpcParts, 'bus'>;
type Listing = Readonly<{
  volumeId: string;
  path: string;
  recursive: boolean;
  maxEntries?: number | undefined;
}>;

const BATCH = 1000;

const TYPE: Readonly<Record<VolumeListing['kind'], FileEntry_FileType>> = {
  file: FileEntry_FileType.FILE,
  directory: FileEntry_FileType.DIRECTORY,
  symlink: FileEntry_FileType.SYMLINK,
};

const messageOf = ({ path, kind, sizeBytes, mtimeMs }: VolumeListing): FileEntry =>
  FileEntry.fromPartial({
    path,
    type: TYPE[kind],
    mtime: Math.max(0, Math.floor(Math.min(mtimeMs, LATEST_FILE_TIME_MS) / 1000)),
    size: sizeBytes,
  });

/** The entries of a folder, or of all folders below it, or a file alone: a message for each thousand. */
async function* listFiles(
  { bus }: Parts,
  { volumeId, path, recursive, maxEntries = Infinity }: Listing,
  { caller: { workspaceId }, cancelled }: RpcCall,
): AsyncGenerator<{ entries: FileEntry[] }> {
  let left = maxEntries === 0 ? Infinity : maxEntries;
  let after: string | undefined;
  do {
    const page = await bus.request('blob-store.list-volume-entries', {
      workspaceId,
      volumeId,
      path,
      depth: recursive ? 'all' : 'children',
      ...(after === undefined ? {} : { after }),
      limit: Math.min(BATCH, left),
    });
    yield { entries: page.entries.map(messageOf) };
    left -= page.entries.length;
    after = page.next;
  } while (after !== undefined && left > 0 && !cancelled.aborted);
}

/** Both formats of volumes are listed alike. */
export const volumeListFiles =
  (parts: Parts): StreamingRpc<'volumeListFiles'> & StreamingRpc<'volumeListFiles2'> =>
  (request, call) =>
    listFiles(parts, request, call);
