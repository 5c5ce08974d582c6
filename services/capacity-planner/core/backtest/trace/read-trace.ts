import type { Instant } from '@slipway/kernel';
import type { RowFault } from '../../catalogue/row.js';
import { KNOWN_FIELDS } from '../../catalogue/row-fields.js';
import { readRow } from '../../catalogue/read-row.js';
import type { Quota } from '../../catalogue/offer.js';
import { readCommitmentRow } from './read-commitment-row.js';
import { readGroup, readGroupOfJob } from './read-group.js';
import { readMarketRow } from './read-market-row.js';
import { TraceDraft } from './trace-draft.js';
import { TraceFields } from './trace-fields.js';
import type { Trace } from './trace.js';

export type TraceRead = Readonly<{
  trace: Trace;
  /** Rows, and how many of them were left out; each of these has a fault at least. */
  rows: number;
  leftOut: number;
  faults: readonly RowFault[];
}>;

const MOST_CONTAINERS = 1_000_000;
const LONGEST_S = 366 * 86_400;
const DAY_S = 86_400;

type ReadKind = (fields: TraceFields, draft: TraceDraft, at: Instant) => () => void;

/** Each kind of row: it is read whole, and what it says counts only if nothing in it is wrong. */
const kinds: Readonly<Record<string, ReadKind>> = {
  period: (fields, draft) => {
    const span = {
      name: fields.optionalName('name'),
      from: fields.optionalMoment('from'),
      until: fields.optionalMoment('until'),
      stepMs: seconds(fields.whole('step_s', 60, DAY_S, undefined)),
      warmUpMs: seconds(fields.whole('warm_up_s', 0, LONGEST_S, undefined)),
    };
    return () => draft.setSpan(span);
  },
  group: (fields, draft) => {
    const group = readGroup(fields);
    if (draft.contradicts(group)) fields.refuse('group', 'said once; a row above says something else of it');
    return () => draft.seeGroup(group);
  },
  demand: (fields, draft) => {
    const at = fields.moment('at');
    const groupId = fields.name('group');
    const containers = fields.need('containers', 'number', 0, MOST_CONTAINERS);
    if (groupId !== '' && draft.groupNamed(groupId) === undefined)
      fields.refuse('group', 'the name of a group row above, or a demand key');
    return () => draft.setLevel(groupId, at, containers);
  },
  job: (fields, draft) => {
    const at = fields.moment('at');
    const durationMs = 1_000 * fields.need('duration_s', 'number', 0, LONGEST_S);
    const containers = fields.whole('containers', 1, MOST_CONTAINERS, 1);
    const group = readGroupOfJob(fields, (groupId) => draft.groupNamed(groupId));
    if (draft.contradicts(group))
      fields.refuse(
        'group',
        'a group of jobs that want the same; a row above says something else of it, which holds where this row says nothing',
      );
    return () => {
      draft.seeGroup(group);
      draft.change(group.groupId, at, containers);
      draft.change(group.groupId, at + durationMs, -containers);
      draft.extendTo(at);
    };
  },
  offer: (fields, draft, readAt) => {
    const { values } = fields;
    const at = fields.optionalMoment('at') ?? -Infinity;
    const texts = Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        name === 'type' || name === 'at' || value === null ? [] : [[name, String(value)]],
      ),
    );
    fields.allow(KNOWN_FIELDS);
    const read = readRow({ ...fields.where, fields: texts }, readAt);
    fields.faults.push(...read.faults);
    return () => read.offers.forEach((offer) => draft.offers.push({ at, offer }));
  },
  quota: (fields, draft) => {
    const scope = {
      vendor: fields.name('vendor'),
      region: fields.optionalName('region'),
      gpuType: fields.optionalName('gpu'),
      purchase: fields.oneOf('purchase', ['on-demand', 'spot', 'queued'], undefined),
    };
    const limit = fields.need('limit', 'whole', 0, MOST_CONTAINERS);
    const quotaId = fields.optionalName('quota') ?? Object.values(scope).filter(Boolean).join('/');
    return () => draft.quotas.push({ quotaId, scope: withoutHoles(scope), limit } as Quota);
  },
  policy: (fields, draft) => {
    if (typeof fields.take('policy') !== 'object')
      fields.refuse('policy', 'an object: the settings of a policy');
    return () => (draft.policy = fields.take('policy'));
  },
  happened: (fields, draft) => {
    const count = (field: string): number => fields.need(field, 'whole', 0, Number.MAX_SAFE_INTEGER);
    const happened = {
      costMicroUsd: count('cost_micro_usd'),
      starts: count('starts'),
      stops: count('stops'),
      refused: count('refused'),
      taken: count('taken'),
      ...withoutHoles({
        wantedGpuMs: fields.whole('wanted_gpu_ms', 0, Number.MAX_SAFE_INTEGER, undefined),
        waitedGpuMs: fields.whole('waited_gpu_ms', 0, Number.MAX_SAFE_INTEGER, undefined),
        coveredMicroUsd: fields.whole('covered_micro_usd', 0, Number.MAX_SAFE_INTEGER, undefined),
      }),
    };
    return () => (draft.happened = happened);
  },
  note: (fields, draft) => {
    const text = fields.name('text');
    return () => draft.notes.push(text);
  },
  ...readCommitmentRow,
  ...readMarketRow,
};

/**
 * Reads a trace: one JSON object a line, each with its `type`; lines that begin with `#` are comments. A row that is wrong in
 * anything is named and left out. `readAt` is now: prices from the future are refused.
 */
export const readTrace = (file: string, text: string, readAt: Instant): TraceRead => {
  const draft = new TraceDraft();
  const faults: RowFault[] = [];
  let [rows, leftOut] = [0, 0];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    rows += 1;
    const wrong = readLine({ file, line: index + 1 }, line, draft, readAt);
    if (wrong.length > 0) leftOut += 1;
    for (const fault of wrong) faults.push(fault);
  }
  return { trace: draft.trace(), rows, leftOut, faults };
};

const readLine = (
  where: Readonly<{ file: string; line: number }>,
  line: string,
  draft: TraceDraft,
  readAt: Instant,
): readonly RowFault[] => {
  const values = objectOf(line);
  if (values === undefined)
    return [
      { ...where, field: 'row', value: line.trim().slice(0, 80), expected: 'a JSON object on one line' },
    ];
  const fields = new TraceFields(where, values);
  const type = fields.name('type');
  const read = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (read === undefined) fields.refuse('type', `one of ${Object.keys(kinds).join(', ')}`);
  const keep = read?.(fields, draft, readAt);
  if (read !== undefined) fields.refuseTheRest();
  if (fields.faults.length === 0) keep?.();
  return fields.faults;
};

const objectOf = (line: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
};

const seconds = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : value * 1_000;

const withoutHoles = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
