import { amountsOf, resourceName, skuName, usdText, type Charge, type Sku } from '@slipway/billing-core';
import {
  MESSAGE_BYTES,
  MOST_LISTED_BYTES,
  type AskCosts,
  type CostPage,
  type CostRow,
} from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { eachCharge } from '../store/charge-pages.js';

const STEP_MS = { hour: 3_600_000, day: 86_400_000, all: Number.MAX_SAFE_INTEGER } as const;

/** What one answer holds. It ends between two steps of time, so that each row is whole. */
export type CostPageLimits = Readonly<{ bytes: number; bytesOfOneStep: number; charges: number }>;

const LIMITS: CostPageLimits = {
  bytes: MOST_LISTED_BYTES,
  bytesOfOneStep: MESSAGE_BYTES - 1_000,
  /** What is read well within the time of one question. */
  charges: 200_000,
};
/** As JSON a row has more, so that no more rows than this share an answer. */
const LEAST_BYTES_OF_ROW = 150;

type Sum = {
  charge: Charge;
  tags: Record<string, string>;
  list: bigint;
  billed: bigint;
  skus: Map<Sku, bigint>;
};

type Step = Readonly<{ fromMs: number; rows: readonly CostRow[]; charges: number }>;

/** What was used in a stretch of time cost, by what and when, in the order of time; where there is more, from when it goes on. */
export const listCosts = async (connection: SqlPool, ask: AskCosts, limits = LIMITS): Promise<CostPage> => {
  if (ask.toMs < ask.fromMs)
    deny(
      refuse(
        'invalid',
        'period-empty',
        `The period ends at ${new Date(ask.toMs).toISOString()}, before its beginning at ${new Date(ask.fromMs).toISOString()}.`,
      ),
    );
  const rows: CostRow[] = [];
  let bytes = 0;
  let charges = 0;
  for await (const step of eachStep(connection, ask, limits)) {
    const stepBytes = step.rows.reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)) + 1, 0);
    if (rows.length > 0 && bytes + stepBytes > limits.bytes)
      return ask.isPaged ? { rows, nextFromMs: step.fromMs } : denyTooManyRows(ask.fromMs, ask);
    if (stepBytes > limits.bytesOfOneStep) denyTooManyRows(step.fromMs, ask);
    rows.push(...step.rows);
    bytes += stepBytes;
    charges += step.charges;
    const nextFromMs = step.fromMs + STEP_MS[ask.resolution];
    if (ask.isPaged && charges >= limits.charges && nextFromMs < ask.toMs) return { rows, nextFromMs };
  }
  return { rows };
};

/** The rows of each step of time that has any. */
async function* eachStep(connection: SqlPool, ask: AskCosts, limits: CostPageLimits): AsyncGenerator<Step> {
  let sums = new Map<string, Sum>();
  let stepMs = 0;
  let charges = 0;
  const step = (): Step => ({ fromMs: stepMs, rows: rowsOf(sums, ask), charges });
  for await (const charge of eachCharge(connection, ask)) {
    const fromMs = stepOf(charge, ask);
    if (fromMs !== stepMs) {
      if (sums.size > 0) yield step();
      [sums, stepMs, charges] = [new Map(), fromMs, 0];
    }
    if (sums.size > limits.bytesOfOneStep / LEAST_BYTES_OF_ROW) denyTooManyRows(fromMs, ask);
    addCharge(sums, charge, ask.per);
    charges += 1;
  }
  if (sums.size > 0) yield step();
}

const stepOf = ({ subject: { hour } }: Charge, { fromMs, resolution }: AskCosts): number =>
  resolution === 'all' ? fromMs : Math.floor(hour / STEP_MS[resolution]) * STEP_MS[resolution];

const addCharge = (sums: Map<string, Sum>, charge: Charge, per: AskCosts['per']): void => {
  const { subject, quantity } = charge;
  const key = JSON.stringify(partsOf(charge, per));
  const sum = sums.get(key) ?? { charge, tags: {}, list: 0n, billed: 0n, skus: new Map() };
  sums.set(key, sum);
  const { listMicroUsd, billedMicroUsd } = amountsOf(subject.price, quantity);
  sum.list += listMicroUsd;
  sum.billed += billedMicroUsd;
  Object.assign(sum.tags, subject.tags);
  sum.skus.set(subject.price.sku, (sum.skus.get(subject.price.sku) ?? 0n) + billedMicroUsd);
};

const denyTooManyRows = (fromMs: number, { resolution, per }: AskCosts): never =>
  deny(
    refuse(
      'exhausted',
      'too-many-rows',
      `${resolution === 'all' ? 'The time that was asked for' : `The ${resolution} from ${new Date(fromMs).toISOString()}`} has more rows of one ${per} each than an answer holds: ask for less time at once or for some environments or apps, or export it.`,
    ),
  );

const rowsOf = (sums: ReadonlyMap<string, Sum>, ask: AskCosts): readonly CostRow[] =>
  [...sums.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => rowOf(sum, stepOf(sum.charge, ask), ask.per));

const objectOf = ({ subject: { resource } }: Charge, per: AskCosts['per']): string =>
  resource.kind === 'volume' ? resource.volumeId : per === 'app' ? resource.appId : resource.functionId;

const partsOf = (charge: Charge, per: AskCosts['per']): readonly string[] => {
  const { environment } = charge.subject;
  switch (per) {
    case 'workspace':
      return [];
    case 'environment':
      return [environment];
    case 'app':
    case 'function':
      return [environment, objectOf(charge, per)];
    default:
      return per satisfies never;
  }
};

const rowOf = ({ charge, tags, list, billed, skus }: Sum, fromMs: number, per: AskCosts['per']): CostRow => {
  const { environment, resource } = charge.subject;
  const isObject = per === 'app' || per === 'function';
  const name = per === 'app' && resource.kind === 'function' ? resource.appName : resourceName(resource);
  return {
    fromMs,
    ...(per === 'workspace' ? {} : { environment }),
    ...(isObject ? { objectId: objectOf(charge, per), name } : {}),
    ...(isObject && resource.kind === 'function' ? { appId: resource.appId } : {}),
    tags: isObject ? tags : {},
    listUsd: usdText(list),
    billedUsd: usdText(billed),
    bySku: [...skus]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([sku, amount]) => ({ sku, name: skuName(sku), billedUsd: usdText(amount) })),
  };
};
