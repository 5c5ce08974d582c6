import { isRefusal, refuse, type Instant, type Refusal } from '@slipway/kernel';
import { parseDecimal } from '../money/micro-usd.js';
import { ONE, parseRatio, type Ratio } from '../money/ratio.js';
import type { NanoUsd, RateCard } from './rate-card.js';
import { isSku, type Sku } from './sku.js';

/** A card as somebody wrote it down: rates are US dollars per unit as decimals, multipliers ratios such as `5/4`. */
export type RateCardText = Readonly<{
  currency: string;
  effectiveFrom: Instant;
  effectiveTo?: Instant;
  rates: Readonly<Record<string, string>>;
  regions?: Readonly<Record<string, string>>;
  nonPreemptible?: string;
}>;

const CARD_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const NANO_PLACES = 9;

/** Reads a card, or says which field of it is wrong. */
export const readRateCard = (cardId: string, text: RateCardText): RateCard | Refusal => {
  if (!CARD_ID.test(cardId))
    return refuse('invalid', 'card-id-malformed', `The card's id '${cardId}' must be of a-z, 0-9 and -.`);
  if (text.currency !== 'USD')
    return refuse(
      'invalid',
      'currency-unknown',
      `The currency '${text.currency}' is not known: this platform bills in USD.`,
    );
  if (text.effectiveTo !== undefined && text.effectiveTo <= text.effectiveFrom)
    return refuse(
      'invalid',
      'period-empty',
      `The card ends at ${moment(text.effectiveTo)}, which is not after its beginning at ${moment(text.effectiveFrom)}.`,
    );
  const rates = readAll(text.rates, readRate);
  if (isRefusal(rates)) return rates;
  if (Object.keys(rates).length === 0)
    return refuse('invalid', 'card-empty', 'The card names no rate: give at least one, such as cpu.');
  const regions = readAll(text.regions ?? {}, (region, ratio) =>
    parseRatio(`The multiplier of region '${region}'`, ratio),
  );
  if (isRefusal(regions)) return regions;
  const nonPreemptible =
    text.nonPreemptible === undefined ? ONE : parseRatio('nonPreemptible', text.nonPreemptible);
  if (isRefusal(nonPreemptible)) return nonPreemptible;
  return {
    cardId,
    effectiveFrom: text.effectiveFrom,
    ...(text.effectiveTo === undefined ? {} : { effectiveTo: text.effectiveTo }),
    currency: 'USD',
    nanoUsdPerUnit: rates as Partial<Record<Sku, NanoUsd>>,
    regions,
    nonPreemptible: nonPreemptible satisfies Ratio,
  };
};

const readRate = (sku: string, text: string): NanoUsd | Refusal => {
  if (!isSku(sku))
    return refuse(
      'invalid',
      'sku-unknown',
      `'${sku}' is nothing that is metered: use cpu, memory, disk, egress, volume or gpu-<TYPE>.`,
    );
  const rate = parseDecimal(`The rate of ${sku}`, text, NANO_PLACES);
  if (isRefusal(rate) || rate >= 0n) return rate;
  return refuse('invalid', 'rate-negative', `The rate of ${sku} is ${text}, but must not be below 0.`);
};

const readAll = <Value>(
  texts: Readonly<Record<string, string>>,
  read: (name: string, text: string) => Value | Refusal,
): Record<string, Value> | Refusal => {
  const values: [string, Value][] = [];
  for (const [name, text] of Object.entries(texts)) {
    const value = read(name, text);
    if (isRefusal(value)) return value;
    values.push([name, value]);
  }
  return Object.fromEntries(values);
};

const moment = (at: Instant): string => new Date(at).toISOString();
