import { MOST_LISTED_BYTES, type AnswerOf, type AskOf, type OutputsReady } from '@slipway/contracts';
import { later } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { gatherUntil } from '../policies/outputs/gather-outputs.js';
import { mostBytesOfOutput } from '../policies/messages/most-bytes-of.js';
import { callOf } from './find.js';
import { readResults, type KnownOutput } from './read-results.js';

type KnownOutputs = Omit<OutputsReady, 'outputs'> & Readonly<{ outputs: readonly KnownOutput[] }>;

export const outputRequests = (engine: Engine) => ({
  async 'await-outputs'(ask: AskOf<'scheduler.await-outputs'>): Promise<AnswerOf<'scheduler.await-outputs'>> {
    const { shape } = callOf(engine, ask);
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
        return { ...ready, outputs: await readResults(engine.ports, ask.callId, ready.outputs) };
      }
      const timer = engine.ports.timer(until);
      await Promise.race([change, timer.elapsed]);
      timer.cancel();
      stop();
    }
  },
});

/** The next outputs of a call, as many as are asked for and as a message holds, but one at least. */
const readyOutputs = ({ state }: Engine, ask: AskOf<'scheduler.await-outputs'>): KnownOutputs => {
  const log = state.outputsOfCall.get(ask.callId) ?? [];
  const outputs: KnownOutput[] = [];
  let lastEntry = ask.afterEntry;
  let bytes = 0;
  for (let entry = ask.afterEntry + 1; entry <= log.length && outputs.length < ask.maxOutputs; entry += 1) {
    const inputId = log[entry - 1];
    const input = inputId === undefined ? undefined : state.inputs.get(inputId);
    const isAsked = input?.status === 'finished' && isWithin(ask, input.idx);
    if (isAsked) bytes += bytesOf(input.outcome);
    if (outputs.length > 0 && bytes > MOST_LISTED_BYTES) break;
    lastEntry = entry;
    if (!isAsked) continue;
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

const bytesOf = (outcome: KnownOutput['outcome']): number =>
  'version' in outcome ? outcome.bytes : mostBytesOfOutput(outcome);

const isWithin = ({ startIdx, endIdx }: AskOf<'scheduler.await-outputs'>, idx: number): boolean =>
  (startIdx === undefined || idx >= startIdx) && (endIdx === undefined || idx <= endIdx);
