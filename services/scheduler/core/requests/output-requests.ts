import type { AnswerOf, AskOf, OutputItem, OutputsReady } from '@slipway/contracts';
import { later } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { findCall } from './call-lookup.js';

export const outputRequests = (engine: Engine) => ({
  async 'await-outputs'(ask: AskOf<'scheduler.await-outputs'>): Promise<AnswerOf<'scheduler.await-outputs'>> {
    await findCall(engine, ask.callId, ask.workspaceId);
    const until = later(engine.ports.now(), ask.waitMs);
    const timer = engine.ports.timer(until);
    for (;;) {
      const { change, stop } = engine.outputs.changed(ask.callId);
      try {
        const ready = readyOutputs(engine, ask);
        if (ready.outputs.length > 0 || engine.ports.now() >= until) {
          timer.cancel();
          await engine.committed();
          return ready;
        }
        await Promise.race([change, timer.elapsed]);
      } finally {
        stop();
      }
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
