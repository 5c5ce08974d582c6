import {
  decimalText,
  nanoUsdOfPart,
  ratioText,
  skuName,
  skuUnit,
  type PricedQuantity,
} from '@slipway/billing-core';
import type { CostStep } from '@slipway/contracts';

const PLACES = 9;

/** The waterfall of a cost: of each thing how much, at which rate, and what that came to. */
export const costSteps = (parts: readonly PricedQuantity[]): readonly CostStep[] =>
  parts
    .toSorted((a, b) => (a.price.priceId < b.price.priceId ? -1 : 1))
    .map((part) => {
      const { price, quantity } = part;
      const { unit, baseUnits } = skuUnit(price.sku);
      const ratios = { region: price.region, nonPreemptible: price.nonPreemptible, discount: price.discount };
      return {
        sku: price.sku,
        name: skuName(price.sku),
        quantity: decimalText((quantity * 10n ** BigInt(PLACES)) / baseUnits, PLACES),
        unit,
        listUsdPerUnit: decimalText(price.nanoUsdPerUnit, PLACES),
        cardId: price.cardId,
        ...Object.fromEntries(
          Object.entries(ratios)
            .filter(([, ratio]) => ratio.numerator !== ratio.denominator)
            .map(([name, ratio]) => [name, ratioText(ratio)]),
        ),
        usd: decimalText(nanoUsdOfPart(part), PLACES),
      };
    });
