import type { RpcParts } from '../rpc-parts.js';
import { volumeDelete, volumeGetById, volumeHeartbeat, volumeRename } from './volume-by-id.rpc.js';
import { volumeCopyFiles, volumeRemoveFile } from './volume-change-files.rpc.js';
import { volumeGetFile2 } from './volume-get-file.rpc.js';
import { volumeGetOrCreate } from './volume-get-or-create.rpc.js';
import { volumeListFiles } from './volume-list-files.rpc.js';
import { volumeList } from './volume-list.rpc.js';
import { volumeCommit, volumeReload } from './volume-outside.rpc.js';
import { volumePutFiles, volumePutFiles2 } from './volume-put-files.rpc.js';

/** Which function answers which rpc about volumes; where two have numbers, the first format differs in its uploads alone. */
export const volumeAnswers = (parts: RpcParts) => ({
  volumeGetOrCreate: volumeGetOrCreate(parts),
  volumeGetById: volumeGetById(parts),
  volumeHeartbeat: volumeHeartbeat(parts),
  volumeList: volumeList(parts),
  volumeRename: volumeRename(parts),
  volumeDelete: volumeDelete(parts),
  volumePutFiles: volumePutFiles(parts),
  volumePutFiles2: volumePutFiles2(parts),
  volumeGetFile2: volumeGetFile2(parts),
  volumeListFiles: volumeListFiles(parts),
  volumeListFiles2: volumeListFiles(parts),
  volumeRemoveFile: volumeRemoveFile(parts),
  volumeRemoveFile2: volumeRemoveFile(parts),
  volumeCopyFiles: volumeCopyFiles(parts),
  volumeCopyFiles2: volumeCopyFiles(parts),
  volumeCommit: volumeCommit(),
  volumeReload: volumeReload(),
});
