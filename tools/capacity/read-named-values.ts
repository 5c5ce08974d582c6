import { UsageError } from '../terminal/parse-arguments.ts';

/** What values may be named, and how the API calls each; how messages end where a part names nothing, and where one is named twice. */
export type Naming = Readonly<{
  fields: readonly (readonly [name: string, field: string])[];
  namesNothing: string;
  oneOfEach: string;
}>;

/** `vendor=aws,gpu=H100` by the fields of the API; a value goes on after a further `=`. Throws UsageError. */
export const readNamedValues = (
  text: string,
  { fields, namesNothing, oneOfEach }: Naming,
): Record<string, string> => {
  const read: Record<string, string> = {};
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const [name, value] = [part.slice(0, Math.max(0, at)), part.slice(at + 1)];
    const [, field] = fields.find(([known]) => known === name) ?? [];
    if (field === undefined || value === '')
      throw new UsageError(
        `'${part}' ${namesNothing}; write one of ${fields.map(([known]) => known).join(', ')} with = and a value`,
      );
    if (Object.hasOwn(read, field)) throw new UsageError(`'${text}' names ${name} twice; ${oneOfEach}`);
    read[field] = value;
  }
  return read;
};
