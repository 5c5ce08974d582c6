import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import { refuseLimitName, refuseLimits } from '../../control/control.decide.js';
import { defaultPolicy, type PlanningPolicy } from '../../policy.js';
import { SETTINGS_OF_OFFERS } from './settings-of-offers.js';

type Plain = Readonly<Record<string, unknown>>;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'buffer.rule': ['newsvendor', 'none'],
  'guardrails.mode': ['running', 'frozen'],
};
/** What is at most 1, and what is whole, is told by its name. */
const SHARE = /(Share|Quantile|Gap)$/;
const WHOLE = /(Ms|Gpus|Periods|MiB|PerGiB|vcpus)$/;

/**
 * A policy with some of its settings as they are named in `changes`, an object of the same shape: `{ spot: { maxMarketShare: 0.6 } }`.
 * A guardrail that is `none` is not set, or has its usual value where it must have one. A refusal names the setting, its value and
 * what would be right.
 */
export const changedPolicy = (policy: PlanningPolicy, changes: unknown): PlanningPolicy | Refusal =>
  changedPart(policy as unknown as Plain, defaultPolicy as unknown as Plain, changes, '') as
    PlanningPolicy | Refusal;

const changedPart = (part: Plain, known: Plain, changes: unknown, path: string): Plain | Refusal => {
  if (!isPlain(changes)) return wrong(path || 'the policy', changes, `an object of ${namesOf(known, path)}`);
  let after = part;
  for (const [name, value] of Object.entries(changes)) {
    const at = path === '' ? name : `${path}.${name}`;
    const changed = changedSetting(part[name], known[name], value, at, known);
    if (isRefusal(changed)) return changed;
    const { [name]: _, ...others } = after;
    after = changed === undefined ? others : { ...after, [name]: changed };
  }
  return after;
};

/** The value from now on; undefined where there is none. */
const changedSetting = (
  before: unknown,
  known: unknown,
  value: unknown,
  path: string,
  beside: Plain,
): unknown => {
  const ofOffers = SETTINGS_OF_OFFERS.get(path);
  if (ofOffers !== undefined) return ofOffers.isRight(value) ? value : wrong(path, value, ofOffers.expected);
  const choices = CHOICES[path];
  if (choices !== undefined)
    return choices.includes(value as string) ? value : wrong(path, value, `one of ${choices.join(', ')}`);
  if (path.startsWith('guardrails.')) return changedLimit(path.slice('guardrails.'.length), known, value);
  if (known === undefined)
    return wrong(path, value, `left out; there are ${namesOf(beside, parentOf(path))}`);
  if (Array.isArray(known))
    return isLengths(value) ? value : wrong(path, value, 'a list of milliseconds, one at least');
  if (isPlain(known)) return changedPart(before as Plain, known, value, path);
  return numberFault(path, value) ?? value;
};

const changedLimit = (name: string, usual: unknown, value: unknown): unknown =>
  value === 'none' || value === null
    ? (refuseLimitName(name) ?? usual)
    : (refuseLimits({ [name]: value }) ?? value);

const numberFault = (path: string, value: unknown): Refusal | undefined => {
  const isRight =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= 0 &&
    (!SHARE.test(path) || value <= 1) &&
    (!WHOLE.test(path) || Number.isInteger(value));
  if (isRight) return undefined;
  return wrong(
    path,
    value,
    SHARE.test(path) ? 'a number from 0 to 1' : `a ${WHOLE.test(path) ? 'whole ' : ''}number, 0 or more`,
  );
};

const wrong = (path: string, value: unknown, expected: string): Refusal =>
  refuse('invalid', 'policy', `${path} is ${JSON.stringify(value)}; it must be ${expected}`);

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

const namesOf = (known: Plain, path: string): string =>
  [...Object.keys(known), ...(path === '' ? SETTINGS_OF_OFFERS.keys() : [])]
    .map((name) => (path === '' ? name : `${path}.${name}`))
    .join(', ');

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLengths = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => Number.isInteger(one) && one > 0);
