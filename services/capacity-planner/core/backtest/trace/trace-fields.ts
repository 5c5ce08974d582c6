import { readMoment, type Instant } from '@slipway/kernel';
import type { RowFault } from '../../catalogue/row.js';

/** Seconds above these are milliseconds by mistake: they would be the year 5138. */
const MOST_SECONDS = 1e11;
const LONGEST_NAME = 500;

/** Reads the fields of one row of a trace, remembering every one that is wrong. */
export class TraceFields {
  readonly faults: RowFault[] = [];
  private readonly asked = new Set<string>(['type']);

  constructor(
    readonly where: Readonly<{ file: string; line: number }>,
    readonly values: Readonly<Record<string, unknown>>,
  ) {}

  refuse(field: string, expected: string): void {
    this.faults.push({ ...this.where, field, value: shown(this.values[field]), expected });
  }

  has(field: string): boolean {
    return this.value(field) !== undefined;
  }

  /** RFC 3339, or seconds since 1970 or since whatever moment the trace begins with. */
  moment(field: string): Instant {
    const value = this.value(field);
    if (typeof value === 'number' && value >= 0 && value < MOST_SECONDS) return Math.round(value * 1_000);
    const moment = readMoment(value);
    if (moment !== undefined) return moment;
    this.refuse(field, 'a moment with its zone: 2026-09-07T12:00:00Z, or a number of seconds');
    return 0;
  }

  optionalMoment(field: string): Instant | undefined {
    return this.has(field) ? this.moment(field) : undefined;
  }

  number<Otherwise>(field: string, least: number, most: number, otherwise: Otherwise): number | Otherwise {
    const value = this.value(field);
    if (value === undefined) return otherwise;
    if (typeof value === 'number' && value >= least && value <= most) return value;
    this.refuse(field, `a number from ${least} to ${most}`);
    return otherwise;
  }

  whole<Otherwise>(field: string, least: number, most: number, otherwise: Otherwise): number | Otherwise {
    const value = this.value(field);
    if (value === undefined) return otherwise;
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    this.refuse(field, `a whole number from ${least} to ${most}`);
    return otherwise;
  }

  /** A number that must stand there. */
  need(field: string, kind: 'number' | 'whole', least: number, most: number): number {
    const value = this[kind](field, least, most, undefined);
    if (value === undefined && !this.has(field))
      this.refuse(field, `given: a ${kind === 'whole' ? 'whole ' : ''}number from ${least} to ${most}`);
    return value ?? least;
  }

  name(field: string): string {
    const value = this.value(field);
    if (typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME) return value;
    this.refuse(field, `a text of 1 to ${LONGEST_NAME} characters`);
    return '';
  }

  optionalName(field: string): string | undefined {
    return this.has(field) ? this.name(field) : undefined;
  }

  /** A list of texts, or one text. */
  names(field: string): readonly string[] {
    const value = this.value(field);
    const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    if (list.every((name) => typeof name === 'string' && name !== '')) return list as readonly string[];
    this.refuse(field, 'a text, or a list of texts');
    return [];
  }

  oneOf<Choice extends string, Otherwise>(
    field: string,
    choices: readonly Choice[],
    otherwise: Otherwise,
  ): Choice | Otherwise {
    const value = this.value(field);
    if (value === undefined) return otherwise;
    if (choices.includes(value as Choice)) return value as Choice;
    this.refuse(field, `one of ${choices.join(', ')}`);
    return otherwise;
  }

  /** A field that nobody asked for is a slip of the pen, which would say nothing in silence. */
  refuseTheRest(): void {
    for (const field of Object.keys(this.values))
      if (!this.asked.has(field))
        this.refuse(field, `left out; this row may say ${[...this.asked].join(', ')}`);
  }

  /** What stands in a field, whatever it is. */
  take(field: string): unknown {
    return this.value(field);
  }

  /** The row says what a row of a catalogue may say. */
  allow(fields: readonly string[]): void {
    for (const field of fields) this.asked.add(field);
  }

  private value(field: string): unknown {
    this.asked.add(field);
    return this.values[field] ?? undefined;
  }
}

const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 80);
