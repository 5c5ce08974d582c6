import { amountsOf, resourceName, skuName, usdText, type Charge, type Sku } from '@slipway/billing-core';
import type { AskCosts, CostRow } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { eachCharge } from '../store/charge-pages.js';

const STEP_MS = { hour: 3_600_000, day: 86_400_000, all: Number.MAX_SAFE_INTEGER } as const;
/** More rows than this nobody reads: an export is the way. */
const MOST_ROWS = 100_000;

type Sum = {
  fromMs: number;
  charge: Charge;
  tags: Record<string, string>;
  list: bigint;
  billed: bigint;
  skus: Map<Sku, bigint>;
};

/** What was used in a stretch of time cost, by what and when, in the order of time. */
export const listCosts = async (connection: SqlPool, ask: AskCosts): Promise<readonly CostRow[]> => {
  if (ask.toMs < ask.fromMs)
    deny(
      refuse(
        'invalid',
        'period-empty',
        `The period ends at ${new Date(ask.toMs).toISOString()}, before its beginning at ${new Date(ask.fromMs).toISOString()}.`,
      ),
    );
  const sums = new Map<string, Sum>();
  for await (const charge of eachCharge(connection, ask)) {
    const { subject, quantity } = charge;
    const fromMs =
      ask.resolution === 'all'
        ? ask.fromMs
        : Math.floor(subject.hour / STEP_MS[ask.resolution]) * STEP_MS[ask.resolution];
    const key = JSON.stringify([fromMs, ...partsOf(charge, ask.per)]);
    const sum = sums.get(key) ?? { fromMs, charge, tags: {}, list: 0n, billed: 0n, skus: new Map() };
    if (!sums.has(key) && sums.size >= MOST_ROWS)
      deny(
        refuse(
          'exhausted',
          'too-many-rows',
          `The answer has more than ${MOST_ROWS} rows: ask for less time, or export it.`,
        ),
      );
    sums.set(key, sum);
    const { listMicroUsd, billedMicroUsd } = amountsOf(subject.price, quantity);
    sum.list += listMicroUsd;
    sum.billed += billedMicroUsd;
    Object.assign(sum.tags, subject.tags);
    sum.skus.set(subject.price.sku, (sum.skus.get(subject.price.sku) ?? 0n) + billedMicroUsd);
  }
  return [...sums.entries()]
    .toSorted(([a, x], [b, y]) => x.fromMs - y.fromMs || (a < b ? -1 : 1))
    .map(([, sum]) => rowOf(sum, ask.per));
};

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

const rowOf = ({ fromMs, charge, tags, list, billed, skus }: Sum, per: AskCosts['per']): CostRow => {
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
