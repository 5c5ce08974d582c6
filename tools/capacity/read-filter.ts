import { OFFER_FILTER_NAMES } from '@slipway/contracts';
import { UsageError } from '../terminal/parse-arguments.ts';

/** `vendor=aws,gpu=H100`; an empty text names all offers. Throws UsageError. */
export const readFilter = (text: string): Record<string, string> => {
  const filter: Record<string, string> = {};
  for (const part of text.split(',').filter((some) => some !== '')) {
    const at = part.indexOf('=');
    const [name, value] = [part.slice(0, Math.max(0, at)), part.slice(at + 1)];
    const [, field] = OFFER_FILTER_NAMES.find(([known]) => known === name) ?? [];
    if (field === undefined || value === '')
      throw new UsageError(
        `'${part}' names no offers; write one of ${OFFER_FILTER_NAMES.map(([known]) => known).join(', ')} with = and a value`,
      );
    if (Object.hasOwn(filter, field))
      throw new UsageError(`'${text}' names ${name} twice; an offer has one of each`);
    filter[field] = value;
  }
  return filter;
};
