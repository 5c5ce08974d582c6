import { A_MOMENT, readMoment, refuse, RefusedError, type Instant } from '@slipway/kernel';
import { ValidateBy } from 'class-validator';

const DAY = /^\d{4}-\d{2}-\d{2}(T00:00(:00(\.0+)?)?Z)?$/;
const A_DAY = 'the beginning of a day in UTC, such as 2027-11-01';

const wrong = (name: string, value: unknown, right: string): string =>
  `${name} is ${value === undefined ? 'not given' : JSON.stringify(value)}; it must be ${right}`;

const isField = (name: string, right: string, holds: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: holds,
      defaultMessage: (told) => (told === undefined ? '' : wrong(told.property, told.value, right)),
    },
  });

/** A field of a body or a query that names a moment. */
export const IsMoment = (): PropertyDecorator =>
  isField('isMoment', A_MOMENT, (value) => readMoment(value) !== undefined);

/** A field that names a day of UTC, by its first moment. */
export const IsDay = (): PropertyDecorator =>
  isField('isDay', A_DAY, (value) => readMoment(value) !== undefined && DAY.test(String(value)));

/** The moment that a field names. Throws a refusal where it names none. */
export const momentOf = (name: string, text: string): Instant => {
  const moment = readMoment(text);
  if (moment !== undefined) return moment;
  throw new RefusedError(refuse('invalid', 'moment', `${wrong(name, text, A_MOMENT)}.`));
};
