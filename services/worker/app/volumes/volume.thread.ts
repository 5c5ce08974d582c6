import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Digest } from '@slipway/contracts';
import { applyListing, PendingCommit, VolumeTree } from '@slipway/worker-core';
import { serveFuse } from '../fuse/serve-fuse.js';
import { BlockFiles } from './block-files.js';
import { ReadAhead } from './read-ahead.js';
import { SiblingsAhead } from './siblings-ahead.js';
import { StagingLog } from './staging-log.js';
import type { Asked, Question, ThreadStart, Told } from './thread-messages.js';
import { VolumeFileSystem } from './volume-file-system.js';

// A thread that serves one mounted volume: it waits for the kernel and for nothing else.
const start = workerData as ThreadStart;
const port = parentPort!;
const tell = (told: Told): void => port.postMessage(told);

const fetch = (digests: readonly Digest[]): void => tell({ tell: 'ahead', digests });

const log = new StagingLog(start.stagingFile, start.stagingLimitBytes);
const blocks = new BlockFiles(start.blocksFolder);
const tree = new VolumeTree(Date.now(), log.release);
applyListing(tree, { full: true, entries: start.entries, removed: [] });
let pending: PendingCommit | undefined;

const answerTo = (question: Question): unknown => {
  switch (question.ask) {
    case 'begin-commit': {
      const commit = new PendingCommit(tree);
      if (commit.isEmpty) return undefined;
      log.preserve();
      pending = commit;
      return commit.plan;
    }
    case 'end-commit':
      pending?.settle(question.result);
      pending = undefined;
      log.reuse();
      return undefined;
    case 'apply':
      return applyListing(tree, question.changes);
    case 'stop':
      return undefined;
    default:
      return question satisfies never;
  }
};

serveFuse({
  descriptor: start.descriptor,
  fileSystem: new VolumeFileSystem({
    tree,
    mostPathBytes: start.mostPathBytes,
    log,
    blocks,
    ahead: new ReadAhead(blocks, fetch),
    siblings: new SiblingsAhead(blocks, fetch),
    miss: (request, segments) => tell({ tell: 'missed', request, segments }),
  }),
  onKnock: () => {
    for (;;) {
      const asked = (receiveMessageOnPort(port) as { message: Asked } | undefined)?.message;
      if (asked === undefined) return 'go-on';
      tell({ tell: 'answer', id: asked.id, value: answerTo(asked) });
      if (asked.ask === 'stop') return 'stop';
    }
  },
  onFault: (error) =>
    tell({ tell: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
});
log.close();
// The port alone would keep the thread.
port.close();
