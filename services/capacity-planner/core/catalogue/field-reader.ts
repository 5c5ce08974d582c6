import type { Instant } from '@slipway/kernel';
import { MAX_USD_PER_HOUR, microUsd } from './micro-usd.js';
import { faultOf, type Row, type RowFault } from './row.js';

const DAY_MS = 86_400_000;

/** Reads the fields of one row, remembering every one that is wrong. */
export class FieldReader {
  readonly faults: RowFault[] = [];

  constructor(private readonly row: Row) {}

  refuse(field: string, expected: string): void {
    this.faults.push(faultOf(this.row, field, expected));
  }

  text(field: string): string {
    const value = this.row.fields[field] ?? '';
    if (value === '') this.refuse(field, 'given');
    return value;
  }

  /** A name that may stand in an offer's id. */
  name(field: string): string {
    const value = this.row.fields[field] ?? '';
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(value))
      this.refuse(field, 'a name of letters, digits, dots, hyphens and underscores');
    return value;
  }

  optionalName(field: string): string {
    return (this.row.fields[field] ?? '') === '' ? '' : this.name(field);
  }

  /** Dollars per node and hour, in micro-dollars; undefined where nothing stands, or nothing right. */
  price(field: string): number | undefined {
    const value = this.row.fields[field] ?? '';
    if (value === '') return undefined;
    const amount = microUsd(value);
    if (amount === undefined)
      this.refuse(field, `dollars per node and hour, above 0 and at most ${MAX_USD_PER_HOUR}, such as 2.99`);
    return amount;
  }

  integer<Default extends number | undefined>(
    field: string,
    least: number,
    most: number,
    otherwise: Default,
  ): number | Default {
    const value = this.row.fields[field] ?? '';
    if (value === '') return otherwise;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    this.refuse(field, `a whole number from ${least} to ${most}`);
    return otherwise;
  }

  decimal<Default extends number | undefined>(
    field: string,
    least: number,
    most: number,
    otherwise: Default,
  ): number | Default {
    const value = this.row.fields[field] ?? '';
    if (value === '') return otherwise;
    const number = /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    this.refuse(field, `a number from ${least} to ${most}`);
    return otherwise;
  }

  /** A day as `2026-08-19`, not in the future. */
  day(field: string, now: Instant): Instant | undefined {
    const value = this.row.fields[field] ?? '';
    const moment = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
    if (moment <= now + DAY_MS) return moment;
    this.refuse(field, 'the day on which the price was seen, such as 2026-08-19, not in the future');
    return undefined;
  }

  optionalDay(field: string, now: Instant): Instant | undefined {
    return (this.row.fields[field] ?? '') === '' ? undefined : this.day(field, now);
  }
}
