import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptyCatalogue,
  generatePeriod,
  readCsv,
  refreshCatalogue,
  type Catalogue,
  type Period,
} from '@slipway/capacity-planner-core';
import { checkoutFolder } from '../../platform/home.ts';
import type { CaseDay } from './backtest-case.ts';

const file = 'services/capacity-planner/app/catalogues/public-prices.csv';

/** Our own default catalogue: public list prices of vendors that do exist. */
export const publicCatalogue = (): Catalogue => {
  const { rows } = readCsv(file, readFileSync(join(checkoutFolder, file), 'utf8'));
  return refreshCatalogue(emptyCatalogue, { rows, at: Date.UTC(2026, 8, 7) }).catalogue;
};

/** The day of a case: `public` is a fleet of the medium size at public prices. */
export const makePeriod = (day: CaseDay): Period => {
  if ('period' in day) return day.period;
  const { world, seed, steps } = day;
  return world === 'public'
    ? generatePeriod({ seed, size: 'medium', steps, offers: [...publicCatalogue().offers.values()] })
    : generatePeriod({ seed, size: world, steps });
};
