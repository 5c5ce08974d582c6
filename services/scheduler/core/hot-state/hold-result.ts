import type { FinishedInput } from '../input/input.state.js';
import { mostBytesOfOutput } from '../policies/messages/most-bytes-of.js';
import type { HotState } from './hot-state.js';

/** Holds the result of an input that has just finished, of which `version` is the event; of what must make room the log is told to be asked. */
export const holdResult = (
  { heldResults, inputs }: HotState,
  { inputId, outcome }: FinishedInput,
  version: number,
): void => {
  if ('version' in outcome) return;
  for (const [goneId, place] of heldResults.hold(inputId, { version, bytes: mostBytesOfOutput(outcome) })) {
    const gone = inputs.get(goneId);
    if (gone?.status === 'finished')
      inputs.set(goneId, { ...gone, outcome: { kind: gone.outcome.kind, ...place } });
  }
};
