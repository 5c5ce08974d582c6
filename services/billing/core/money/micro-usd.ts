import { refuse, type Refusal } from '@slipway/kernel';

/** An amount of money: whole millionths of a US dollar. Every amount that is booked, invoiced or exported is one. */
export type MicroUsd = bigint;

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/** Reads a decimal text as whole units of which `places` decimal places make one dollar; refuses what needs more places. */
export const parseDecimal = (name: string, text: string, places: number): bigint | Refusal => {
  const [, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined)
    return refuse(
      'invalid',
      'amount-malformed',
      `${name} is '${text}', but must be a decimal such as 12.50.`,
    );
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > places)
    return refuse(
      'invalid',
      'amount-too-fine',
      `${name} is '${text}', but may have at most ${places} decimal places.`,
    );
  const units = BigInt(whole) * 10n ** BigInt(places) + BigInt(digits.padEnd(places, '0') || '0');
  return sign === '-' ? -units : units;
};

/** `12.50` → 12500000n. */
export const parseUsd = (name: string, text: string): MicroUsd | Refusal => parseDecimal(name, text, 6);

/** 12500000n → `12.500000`: exact, for machines. */
export const usdText = (amount: MicroUsd): string => decimalText(amount, 6);

/** Whole units as a decimal text with all its places. */
export const decimalText = (units: bigint, places: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

/** 12500000n → `12.50 USD`: for people; as many places as the amount needs, at least two. */
export const shownUsd = (amount: MicroUsd): string => {
  const [whole, fraction = ''] = usdText(amount).split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')} USD`;
};
