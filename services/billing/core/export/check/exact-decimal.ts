/** So many decimal places hold the product of any quantity and price of an export. */
export const EXACT_PLACES = 27;

const NUMERIC = /^(-?)(\d+)(?:\.(\d+))?(?:[Ee]([+-]?\d{1,2}))?$/;

/** A number as FOCUS's numeric format has it, in whole units of 10^-27; undefined where it is none. */
export const exactDecimal = (text: string): bigint | undefined => {
  const [, sign, whole, fraction = '', exponent = '0'] = NUMERIC.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const places = EXACT_PLACES - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  const units = places >= 0 ? digits * 10n ** BigInt(places) : digits / 10n ** BigInt(-places);
  return sign === '-' ? -units : units;
};
