import type { CallId, Outcome, OutputItem } from '@slipway/contracts';
import type { InputFinished } from '../input/input.events.js';
import type { OutcomeInLog } from '../input/input.state.js';
import type { SchedulerPorts } from '../ports.js';
import { callStream } from '../scheduler-event.js';

/** An output as the state knows it. */
export type KnownOutput = Omit<OutputItem, 'outcome'> & Readonly<{ outcome: Outcome | OutcomeInLog }>;

/** The outputs with their results: what is not in memory is read from the log, which must hold it by now. */
export const readResults = async (
  { readVersions }: Pick<SchedulerPorts, 'readVersions'>,
  callId: CallId,
  outputs: readonly KnownOutput[],
): Promise<readonly OutputItem[]> => {
  const versions = outputs.flatMap(({ outcome }) => ('version' in outcome ? [outcome.version] : []));
  const events = versions.length === 0 ? [] : await readVersions(callStream(callId), versions);
  const data = new Map(events.map((event) => [event.version, event.data as InputFinished['data']]));
  return outputs.map((output) => ({ ...output, outcome: resultOf(output, data) }));
};

const resultOf = (
  { inputId, outcome }: KnownOutput,
  data: ReadonlyMap<number, InputFinished['data']>,
): Outcome => {
  if (!('version' in outcome)) return outcome;
  const found = data.get(outcome.version);
  if (found?.inputId !== inputId)
    throw new Error(`the log has no result of ${inputId} at version ${outcome.version} of its call`);
  return found.outcome;
};
