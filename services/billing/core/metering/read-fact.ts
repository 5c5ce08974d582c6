import type { UsageAnomalyCode, UsageFact } from '@slipway/contracts';
import { isStorable } from '@slipway/kernel';

export type ReadFact = Readonly<{ fact: UsageFact }> | Readonly<{ code: UsageAnomalyCode; message: string }>;

const LATEST_MS = Date.UTC(9999, 11, 31);
/** What ids and names may hold: what a text in a database may. */
const ID = /^[\x21-\x7e]{1,200}$/;

type Fields = Readonly<Record<string, unknown>>;

/** What makes a fact unfit; thrown only within this file. */
class UnfitError extends Error {
  constructor(
    readonly code: UsageAnomalyCode,
    message: string,
  ) {
    super(message);
    this.name = 'UnfitError';
  }
}

/** Makes a usage fact of what came over the bus, or says what is wrong with it: the field, its value and what would be right. */
export const readFact = (came: unknown): ReadFact => {
  try {
    const fields = objectAt(came, 'the fact');
    switch (fields['kind']) {
      case 'container':
        checkContainer(fields);
        break;
      case 'volume':
        checkVolume(fields);
        break;
      default:
        throw new UnfitError(
          'unknown-kind',
          `kind is ${shown(fields['kind'])}, but must be 'container' or 'volume'`,
        );
    }
    return { fact: came as UsageFact };
  } catch (error) {
    if (error instanceof UnfitError) return { code: error.code, message: error.message };
    throw error;
  }
};

const checkContainer = (fact: Fields): void => {
  checkPeriod(fact);
  for (const name of ['containerId', 'workerId', 'appId', 'functionId']) named(fact, name);
  for (const name of ['appName', 'functionTag', 'purpose']) text(fact[name], name);
  for (const name of ['region', 'vendor', 'end']) if (fact[name] !== undefined) text(fact[name], name);
  const tags = objectAt(fact['tags'], 'tags');
  for (const [name, value] of Object.entries(tags)) text(value, `tags.${name}`);
  if (typeof fact['preemptible'] !== 'boolean')
    throw malformed('preemptible', fact['preemptible'], 'true or false');
  const durationNs = count(fact['durationNs'], 'durationNs');
  const phases = counts(fact, 'phases', ['startingNs', 'busyNs', 'idleNs', 'stoppingNs']);
  mustBe(
    phases.reduce((sum, ns) => sum + ns, 0) === durationNs,
    'phases',
    phases.join(' + '),
    `${durationNs} ns together`,
  );
  for (const [index, share] of listAt(fact['calls'], 'calls').entries()) {
    named(share, 'callId');
    const [inputs = 0, heldNs = 0] = counts({ share }, 'share', ['inputs', 'heldNs']);
    mustBe(
      heldNs <= inputs * durationNs,
      `calls[${index}].heldNs`,
      heldNs,
      `at most ${inputs} times ${durationNs}`,
    );
  }
  counts(fact, 'cpu', ['usedNs', 'reservedNs']);
  for (const name of ['memory', 'disk']) {
    const [used = 0, reserved = 0, billable = 0] = counts(fact, name, [
      'usedByteSeconds',
      'reservedByteSeconds',
      'billableByteSeconds',
    ]);
    // Each of the sums is cut to whole byte-seconds by itself.
    mustBe(
      billable + 1 >= Math.max(used, reserved),
      `${name}.billableByteSeconds`,
      billable,
      'at least what was used and what was reserved',
    );
  }
  for (const [index, gpu] of listAt(fact['gpus'], 'gpus').entries()) {
    text(gpu['type'], `gpus[${index}].type`);
    const devices = count(gpu['count'], `gpus[${index}].count`);
    const deviceNs = count(gpu['deviceNs'], `gpus[${index}].deviceNs`);
    mustBe(
      deviceNs === devices * durationNs,
      `gpus[${index}].deviceNs`,
      deviceNs,
      `${devices} times ${durationNs}`,
    );
  }
  count(fact['egressBytes'], 'egressBytes');
};

const checkVolume = (fact: Fields): void => {
  checkPeriod(fact);
  named(fact, 'volumeId');
  if (fact['volumeName'] !== undefined) text(fact['volumeName'], 'volumeName');
  count(fact['storedBytes'], 'storedBytes');
};

const checkPeriod = (fact: Fields): void => {
  named(fact, 'workspaceId');
  text(fact['environment'], 'environment');
  for (const name of ['sequence', 'durationNs']) count(fact[name], name);
  mustBe(
    count(fact['fromMs'], 'fromMs') <= LATEST_MS,
    'fromMs',
    fact['fromMs'],
    'milliseconds since 1970, of a year with four digits',
  );
};

const counts = (fact: Fields, name: string, fields: readonly string[]): readonly number[] => {
  const group = objectAt(fact[name], name);
  return fields.map((field) => count(group[field], `${name}.${field}`));
};

const count = (value: unknown, name: string): number => {
  if (typeof value === 'number' && value < 0)
    throw new UnfitError(
      'negative-usage',
      `${name} is ${value}, but nothing can be used less than not at all`,
    );
  if (!Number.isSafeInteger(value))
    throw malformed(name, value, `a whole number up to ${Number.MAX_SAFE_INTEGER}`);
  return value as number;
};

const text = (value: unknown, name: string): void => {
  if (typeof value !== 'string' || !isStorable(value))
    throw malformed(name, value, 'a text of whole characters, without NUL');
};

const named = (fields: Fields, name: string): void => {
  const id = fields[name];
  if (typeof id !== 'string' || !ID.test(id))
    throw malformed(name, id, 'an id of up to 200 letters, digits and signs');
};

const objectAt = (value: unknown, name: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(name, value, 'an object');
  return value as Fields;
};

const listAt = (value: unknown, name: string): readonly Fields[] => {
  if (!Array.isArray(value)) throw malformed(name, value, 'a list');
  return value.map((entry: unknown, index) => objectAt(entry, `${name}[${index}]`));
};

const mustBe = (holds: boolean, name: string, value: unknown, right: string): void => {
  if (!holds) throw malformed(name, value, right);
};

const malformed = (name: string, value: unknown, right: string): UnfitError =>
  new UnfitError('malformed-usage', `${name} is ${shown(value)}, but must be ${right}`);

const shown = (value: unknown): string =>
  value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100);
