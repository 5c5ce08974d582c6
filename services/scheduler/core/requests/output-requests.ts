import type { AnswerOf, AskOf, OutputItem, OutputsReady } from '@slipway/contracts';
import { later } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { gatherUntil } from '../policies/outputs/gather-outputs.js';
import { findCall } from './call-lookup.js';

export const outputRequests = (engine: Engine) => ({
  async 'await-outputs'(ask: AskOf<'scheduler.await-outputs'>): Promise<AnswerOf<'scheduler.await-outputs'>> {
    const { shape } = await findCall(engine, ask.callId, ask.workspaceId);
    const heldUntil = later(engine.ports.now(), ask.waitMs);
    for (;;) {
      const { change, stop } = engine.outputs.changed(ask.callId);
      const ready = readyOutputs(engine, ask);
      const until =
        ready.outputs.length === 0
          ? heldUntil
          : Math.min(heldUntil, gatherUntil({ shape, maxOutputs: ask.maxOutputs, ...ready }) ?? 0);
      if (engine.ports.now() >= until) {
        stop();
        await engine.committed();
        return ready;
      }
      const timer = engine.ports.timer(until);
      await Promise.race([change, timer.elapsed]);
      timer.cancel();
      stop();
    }
  },
});

const readyOutputs = ({ state }: Engine, ask: AskOf<'scheduler.await-outputs'>): OutputsReady => {
  const log = state.outputsOfCall.get(ask.callId) ?? [];
  const outputs: OutputItem[] = [];
  let lastEntry = ask.afterEntry;
  for (let entry = ask.afterEntry + 1; entry <= log.length && outputs.length < ask.maxOutputs; entry += 1) {
    lastEntry = entry;
    const inputId = log[entry - 1];
    const input = inputId === undefined ? undefined : state.inputs.get(inputId);
    if (input?.status !== 'finished') continue;
    if (ask.startIdx !== undefined && input.idx < ask.startIdx) continue;
    if (ask.endIdx !== undefined && input.idx > ask.endIdx) continue;
    outputs.push({
      entry,
      idx: input.idx,
      inputId: input.inputId,
      retryCount: input.clientRetryCount,
      ...(input.taskId === undefined ? {} : { taskId: input.taskId }),
      ...(input.startedAt === undefined ? {} : { startedAt: input.startedAt }),
      finishedAt: input.finishedAt,
      outcome: input.outcome,
    });
  }
  return { outputs, lastEntry, unfinishedInputs: state.unfinishedOfCall.get(ask.callId) ?? 0 };
};
