import type { AnswerOf, AppId, AskOf, BlobId, CallId } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import { recallApp, recallCall } from '../hot-state/recall.js';

/** What the blob-store must know before it lets go of something: whether what used it still goes on. */
export const useRequests = (engine: Engine) => {
  const { state } = engine;

  const goesOn = async (id: AppId | CallId): Promise<boolean> => {
    if (isCall(id)) {
      await recallCall(engine, id);
      return (state.unfinishedOfCall.get(id) ?? 0) > 0;
    }
    const app = await recallApp(engine, id);
    return app !== undefined && app.status !== 'stopped';
  };

  return {
    async 'list-ended'({ ids }: AskOf<'scheduler.list-ended'>): Promise<AnswerOf<'scheduler.list-ended'>> {
      const ended: (AppId | CallId)[] = [];
      for (const id of ids) if (!(await goesOn(id))) ended.push(id);
      await engine.committed();
      return { ended };
    },

    async 'list-arguments'({
      blobIds,
    }: AskOf<'scheduler.list-arguments'>): Promise<AnswerOf<'scheduler.list-arguments'>> {
      const asked = new Set(blobIds);
      const named = new Set<BlobId>();
      for (const { args } of state.inputs.values())
        if ('blobId' in args && asked.has(args.blobId)) named.add(args.blobId);
      await engine.committed();
      return { blobIds: [...named] };
    },
  };
};

const isCall = (id: AppId | CallId): id is CallId => id.startsWith('fc-');
