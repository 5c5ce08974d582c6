import { UsageError } from '../terminal/parse-arguments.ts';
import { readCommitted } from './read-commitment.ts';
import { readFilter } from './read-filter.ts';

const KINDS: Readonly<Record<string, readonly [field: string, read: (text: string) => object]>> = {
  price: ['prices', (text) => readFactor(text)],
  preemptions: ['preemptions', (text) => readFactor(text)],
  available: ['available', (text) => readAvailable(text)],
  without: ['without', (text) => readFilter(text)],
  demand: ['demand', (text) => readDemand(text)],
  quota: ['quotas', (text) => readQuota(text)],
  commit: ['commitments', (text) => readCommitted(text)],
};

/** What a what-if may change; each may be given more than once. */
export const whatIfOptions: readonly string[] = [...Object.keys(KINDS), 'guardrail'];

/** The body of a what-if from its options. Throws UsageError. */
export const readWhatIf = (lists: ReadonlyMap<string, readonly string[]>): object => {
  const guardrails = lists.get('guardrail');
  const given = Object.entries(KINDS).flatMap(([option, [field, read]]) => {
    const texts = lists.get(option);
    return texts === undefined ? [] : [[field, texts.map(read)] as const];
  });
  if (given.length === 0 && guardrails === undefined)
    throw new UsageError(
      `what is to be other? give ${whatIfOptions.map((option) => `--${option}`).join(', ')}`,
    );
  return {
    ...Object.fromEntries(given),
    ...(guardrails === undefined ? {} : { guardrails: readGuardrails(guardrails) }),
  };
};

const readFactor = (text: string): object => {
  const at = text.lastIndexOf('*');
  return { ...readFilter(text.slice(0, Math.max(0, at))), factor: factorOf(text, text.slice(at + 1)) };
};

const readAvailable = (text: string): object => {
  const at = text.lastIndexOf('*');
  const nodes = Number(text.slice(at + 1));
  if (at < 0 || text.endsWith('*') || !Number.isInteger(nodes) || nodes < 0)
    throw new UsageError(`--available is ${text}; write FILTER*NODES, a whole number of nodes of each offer`);
  return { ...readFilter(text.slice(0, at)), nodes };
};

const readDemand = (text: string): object => {
  const at = text.lastIndexOf('*');
  const factor = factorOf(text, text.slice(at + 1));
  return at < 0 ? { factor } : { demandKey: text.slice(0, at), factor };
};

const readQuota = (text: string): object => {
  const at = text.lastIndexOf('=');
  const limit = Number(text.slice(at + 1));
  if (at <= 0 || text.endsWith('=') || !Number.isInteger(limit) || limit < 0)
    throw new UsageError(`--quota is ${text}; write ID=LIMIT, a whole number of GPUs from 0 on`);
  return { quotaId: text.slice(0, at), limit };
};

/** null where a guardrail is lifted. */
const readGuardrails = (texts: readonly string[]): Readonly<Record<string, number | null>> => {
  const read: Record<string, number | null> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    const [name, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
    if (name === '' || value === '' || (value !== 'none' && !Number.isFinite(Number(value))))
      throw new UsageError(
        `--guardrail is ${text}; write NAME=NUMBER, or NAME=none to lift it: a name that plan control shows`,
      );
    if (Object.hasOwn(read, name))
      throw new UsageError(
        `--guardrail ${name} is given twice, ${read[name] ?? 'none'} and ${value}; it has one value`,
      );
    read[name] = value === 'none' ? null : Number(value);
  }
  return read;
};

const factorOf = (text: string, factor: string): number => {
  const value = Number(factor);
  if (factor === '' || !Number.isFinite(value) || value < 0)
    throw new UsageError(`'${text}' has no factor; it ends in a number, such as vendor=aws*1.5`);
  return value;
};
