import { refuse, RefusedError, type Instant } from '@slipway/kernel';
import { ValidateBy } from 'class-validator';

/** RFC 3339: a day, which begins at midnight UTC, or a moment to the minute or finer with its zone. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** The moment that a text names, such as `2027-11-01` or `2027-11-01T08:00:00Z`; nothing where it names none, as the 31st of February. */
export const readMoment = (text: unknown): Instant | undefined => {
  const day = typeof text === 'string' ? MOMENT.exec(text)?.[1] : undefined;
  if (day === undefined) return undefined;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Some engines take the 31st of February for a day of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  const moment = Date.parse(text as string);
  return Number.isNaN(moment) ? undefined : moment;
};

const wrong = (name: string, value: unknown): string =>
  `${name} is ${value === undefined ? 'not given' : JSON.stringify(value)}; it must be a day such as 2027-11-01, or a moment with its zone such as 2027-11-01T08:00:00Z`;

/** A field of a body or a query that names a moment. */
export const IsMoment = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => readMoment(value) !== undefined,
      defaultMessage: (told) => (told === undefined ? '' : wrong(told.property, told.value)),
    },
  });

/** The moment that a field names. Throws a refusal where it names none. */
export const momentOf = (name: string, text: string): Instant => {
  const moment = readMoment(text);
  if (moment !== undefined) return moment;
  throw new RefusedError(refuse('invalid', 'moment', `${wrong(name, text)}.`));
};
