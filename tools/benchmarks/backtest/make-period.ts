import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptyCatalogue,
  generatePeriod,
  readCsv,
  refreshCatalogue,
  type Offer,
  type Period,
} from '@slipway/capacity-planner-core';
import { checkoutFolder } from '../../platform/home.ts';
import type { BacktestCase } from './backtest-case.ts';

const file = 'services/capacity-planner/app/catalogues/public-prices.csv';

/** The offers of our own default catalogue: public list prices of vendors that do exist. */
const publicOffers = (): readonly Offer[] => {
  const { rows } = readCsv(file, readFileSync(join(checkoutFolder, file), 'utf8'));
  const { catalogue } = refreshCatalogue(emptyCatalogue, { rows, at: Date.UTC(2026, 8, 7) });
  return [...catalogue.offers.values()];
};

/** The day of a case: `public` is a fleet of the medium size at public prices. */
export const makePeriod = ({ world, seed, steps }: BacktestCase): Period =>
  world === 'public'
    ? generatePeriod({ seed, size: 'medium', steps, offers: publicOffers() })
    : generatePeriod({ seed, size: world, steps });
