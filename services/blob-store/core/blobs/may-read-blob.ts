import type { WorkspaceId } from '@slipway/contracts';
import type { Blob } from './blob.js';

/** Who may read a blob: its own workspace, and nobody else. */
export const mayReadBlob = (reader: WorkspaceId, blob: Pick<Blob, 'workspaceId'>): boolean =>
  blob.workspaceId === reader;
