import {
  decimalText,
  nanoUsdOf,
  parseDecimal,
  priceOf,
  skuUnit,
  type PricedQuantity,
  type Sku,
} from '@slipway/billing-core';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { accepted, refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { readRateBook } from '../store/rate-book-rows.js';
import { costSteps } from './cost-steps.js';

const LONGEST_SECONDS = 366n * 86_400n;

/** What a container of this size costs for so many seconds, at the rates of now. */
export const quote = async (
  connection: SqlPool,
  { workspaceId, ceiling, seconds, region, preemptible }: AskOf<'billing.quote'>,
  at: number,
): Promise<AnswerOf<'billing.quote'>> => {
  const ns = accepted(parseDecimal('seconds', seconds, 9));
  if (ns <= 0n || ns > LONGEST_SECONDS * 1_000_000_000n)
    deny(
      refuse(
        'invalid',
        'seconds-range',
        `seconds is '${seconds}', but must be above 0 and at most a year's.`,
      ),
    );
  const book = await readRateBook(connection);
  const part = (sku: Sku, perSecond: bigint): PricedQuantity[] => {
    if (perSecond === 0n) return [];
    const price = priceOf(book, {
      sku,
      workspaceId,
      preemptible,
      at,
      ...(region === undefined ? {} : { region }),
    });
    if (price === undefined)
      return deny(refuse('not-found', 'no-rate', `The rate card in force has no rate for '${sku}'.`));
    return [{ price, quantity: (perSecond * ns) / 1_000_000_000n }];
  };
  const [gpu] = ceiling.gpus;
  const gib = (mib: number): bigint => BigInt(Math.ceil(mib)) << 20n;
  const parts = [
    ...part('cpu', (BigInt(Math.ceil(ceiling.milliCpu)) * skuUnit('cpu').baseUnits) / 1_000n),
    ...part('memory', gib(ceiling.memoryMiB)),
    ...part('disk', gib(ceiling.diskMiB)),
    ...(gpu === undefined
      ? []
      : part(`gpu-${gpu.type}`, BigInt(gpu.count) * skuUnit(`gpu-${gpu.type}`).baseUnits)),
  ];
  return { usd: decimalText(nanoUsdOf(parts), 9), steps: costSteps(parts) };
};
