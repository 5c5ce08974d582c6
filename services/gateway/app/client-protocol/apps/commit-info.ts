import type { CommitInfo } from '@slipway/contracts';
import type { CommitInfo as WireCommitInfo } from '@slipway/protocol';

export const readCommit = (wire: WireCommitInfo): CommitInfo => ({
  vcs: wire.vcs,
  branch: wire.branch,
  commitHash: wire.commitHash,
  commitTimestamp: wire.commitTimestamp,
  dirty: wire.dirty,
  authorName: wire.authorName,
  authorEmail: wire.authorEmail,
  repoUrl: wire.repoUrl,
});
