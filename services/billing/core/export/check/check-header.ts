import { FOCUS_COLUMNS, FOCUS_VERSION } from '../focus-columns.js';
import type { Finding } from './finding.js';

/** Columns of the specification that our own exports leave out. */
const ALSO_KNOWN = [
  'CapacityReservationId',
  'CapacityReservationStatus',
  'PricingCurrency',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
];
const KNOWN: ReadonlySet<string> = new Set([...FOCUS_COLUMNS.map(({ name }) => name), ...ALSO_KNOWN]);

export const checkHeader = (names: readonly string[]): readonly Finding[] => {
  const found = (column: string, rule: string, message: string): Finding => ({
    row: 0,
    column,
    rule,
    message,
  });
  return [
    ...FOCUS_COLUMNS.filter(({ level, name }) => level === 'mandatory' && !names.includes(name)).map(
      ({ name }) => found(name, 'column-missing', `FOCUS ${FOCUS_VERSION} wants it in every file`),
    ),
    ...names
      .filter((name) => !KNOWN.has(name) && !/^x_[A-Za-z0-9]/.test(name))
      .map((name) =>
        found(
          name,
          'column-unknown',
          `is no column of FOCUS ${FOCUS_VERSION}; columns of one's own begin with x_`,
        ),
      ),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => found(name, 'column-twice', 'is there twice')),
  ];
};
