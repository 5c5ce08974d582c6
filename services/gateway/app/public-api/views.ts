import { ApiProperty } from '@nestjs/swagger';
import type { ActivityRow } from '../store/activity.js';

type Fields = Record<string, unknown>;

const MOMENT = /_at$/;
const NUMBERS = new Set(['inputs', 'succeeded', 'failed', 'size_bytes', 'build_ms']);
const HIDDEN = new Set(['workspace_id']);

const camel = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A row as the API shows it: camelCase, moments as RFC 3339 texts, nothing that is empty. */
export const viewOf = (row: ActivityRow): Fields =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([column, value]) => value !== null && !HIDDEN.has(column))
      .map(([column, value]) => {
        if (MOMENT.test(column)) return [camel(column), new Date(Number(value)).toISOString()];
        return [camel(column), NUMBERS.has(column) ? Number(value) : value];
      }),
  );

type CallCounts = Readonly<{ inputs: unknown; succeeded: unknown; failed: unknown; cancelled_at: unknown }>;

/** A call is over when every input that was queued has an output. */
export const callState = ({ inputs, succeeded, failed, cancelled_at }: CallCounts): string => {
  if (cancelled_at != null) return 'cancelled';
  return Number(inputs) > 0 && Number(succeeded) + Number(failed) >= Number(inputs) ? 'finished' : 'running';
};

/** A page of a list. */
export class PageView {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  items!: readonly Fields[];

  @ApiProperty({ type: String, nullable: true, description: 'Pass it as cursor to get the next page' })
  nextCursor!: string | null;
}
