import type { Field, Schema } from './schema.js';

/** A message that we keep raw is `bytes` here: the same wire type, as long as the label and the presence agree. */
const keptRaw = (ours: Field, theirs: Field): boolean =>
  ours.type === 'bytes' && theirs.type.startsWith('message:');

const describe = (field: Field): string =>
  `${field.repeated ? 'repeated ' : ''}${field.type} = ${field.number}` +
  `${field.presence ? ', with presence' : ''}${field.oneof === undefined ? '' : `, in ${field.oneof}`}`;

const sameField = (ours: Field, theirs: Field): boolean =>
  ours.number === theirs.number &&
  (ours.type === theirs.type || keptRaw(ours, theirs)) &&
  ours.repeated === theirs.repeated &&
  ours.presence === theirs.presence &&
  ours.oneof === theirs.oneof;

const absent = (name: string, kind: string) => `${name}: no client knows this ${kind}`;

/** Each entry of ours that some client has must read the same there, and some client must have it. */
const compareEntries = <Entry>(
  kind: string,
  ours: ReadonlyMap<string, Entry>,
  theirs: readonly (readonly [version: string, entries: ReadonlyMap<string, Entry>])[],
  same: (ours: Entry, theirs: Entry) => boolean,
  show: (entry: Entry) => string,
  scope = '',
): string[] =>
  [...ours].flatMap(([name, entry]) => {
    const found = theirs.flatMap(([version, entries]) =>
      entries.has(name) ? [{ version, entry: entries.get(name) as Entry }] : [],
    );
    if (found.length === 0) return [absent(scope + name, kind)];
    return found
      .filter((candidate) => !same(entry, candidate.entry))
      .map(
        (candidate) =>
          `${scope}${name}: ${show(entry)} here, ${show(candidate.entry)} in ${candidate.version}`,
      );
  });

/** Two names of ours for one number, or a number of ours that a client uses for another field. */
const takenNumbers = (
  message: string,
  ours: ReadonlyMap<string, Field>,
  version: string,
  theirs: ReadonlyMap<string, Field>,
): string[] =>
  [...ours].flatMap(([name, field]) =>
    [...theirs]
      .filter(([theirName, theirField]) => theirField.number === field.number && theirName !== name)
      .map(([theirName]) => `${message}.${name}: number ${field.number} is ${theirName} in ${version}`),
  );

/**
 * What in our schema disagrees with the clients' schemas, one line each with the exact name; empty = none.
 * A message, field, value or rpc may be missing from some of the clients, not from all.
 */
export const compareSchemas = (ours: Schema, clients: ReadonlyMap<string, Schema>): string[] => {
  const differences = compareEntries(
    'rpc',
    ours.rpcs,
    [...clients].map(([version, client]) => [version, client.rpcs] as const),
    (a, b) => a === b,
    (rpc) => rpc,
  );
  for (const [name, fields] of ours.messages) {
    const known = [...clients].flatMap(([version, { messages }]) =>
      messages.has(name) ? [[version, messages.get(name)!] as const] : [],
    );
    if (known.length === 0) differences.push(absent(name, 'message'));
    else differences.push(...compareEntries('field', fields, known, sameField, describe, `${name}.`));
    for (const [version, theirs] of known) differences.push(...takenNumbers(name, fields, version, theirs));
  }
  for (const [name, values] of ours.enums) {
    const known = [...clients].flatMap(([version, { enums }]) =>
      enums.has(name) ? [[version, enums.get(name)!] as const] : [],
    );
    if (known.length === 0) differences.push(absent(name, 'enum'));
    else differences.push(...compareEntries('value', values, known, (a, b) => a === b, String, `${name}.`));
  }
  return differences;
};

/** Rpcs that a client has and we lack, in alphabetical order. */
export const missingRpcs = (ours: Schema, client: Schema): string[] =>
  [...client.rpcs.keys()].filter((name) => !ours.rpcs.has(name)).toSorted();
