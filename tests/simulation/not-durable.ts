import type { InputsTaken, InputId, OutputsReady, PutInputs } from '@slipway/contracts';
import type { StoredEvent } from '@slipway/kernel';

/** What an answer tells of that is not in the log: a power cut at this moment would make the answer a lie. */
export const notDurable = (
  name: string,
  body: unknown,
  answer: unknown,
  events: readonly StoredEvent[],
): readonly InputId[] => {
  const written = (type: string): Set<InputId> =>
    new Set(
      events
        .filter((event) => event.type === type)
        .flatMap(({ data }) => {
          const { inputId, inputs } = data as { inputId?: InputId; inputs?: readonly { inputId: InputId }[] };
          return inputId === undefined ? (inputs ?? []).map((input) => input.inputId) : [inputId];
        }),
    );
  const missing = (ids: readonly InputId[], type: string): readonly InputId[] =>
    ids.length === 0 ? [] : ids.filter((id) => !written(type).has(id));
  switch (name) {
    case 'scheduler.create-call':
    case 'scheduler.put-inputs':
      return missing(idsOf((body as PutInputs).inputs), 'inputs-queued');
    case 'scheduler.take-inputs':
      return missing(idsOf((answer as InputsTaken).inputs), 'input-started');
    case 'scheduler.await-outputs':
      return missing(idsOf((answer as OutputsReady).outputs), 'input-finished');
    default:
      return [];
  }
};

const idsOf = (items: readonly Readonly<{ inputId: InputId }>[]): readonly InputId[] =>
  items.map(({ inputId }) => inputId);
