import type { AnswerOf, AskOf, BlobId } from '@slipway/contracts';
import type { Engine } from '../engine.js';

/** What the blob-store must know before it lets go of something: whether what used it still goes on. */
export const useRequests = (engine: Engine) => ({
  async 'list-arguments'({
    blobIds,
  }: AskOf<'scheduler.list-arguments'>): Promise<AnswerOf<'scheduler.list-arguments'>> {
    const asked = new Set(blobIds);
    const named = new Set<BlobId>();
    for (const { args } of engine.state.inputs.values())
      if ('blobId' in args && asked.has(args.blobId)) named.add(args.blobId);
    await engine.committed();
    return { blobIds: [...named] };
  },
});
