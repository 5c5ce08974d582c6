/** The largest price that is believed, so that every product of it with a time stays an exact integer. */
export const MAX_USD_PER_HOUR = 10_000;

/** `2.99` dollars as 2,990,000 micro-dollars, digit by digit; undefined for what is no plain decimal number above 0. */
export const microUsd = (text: string): number | undefined => {
  const match = /^(\d{1,5})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const amount = Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
  return amount > 0 && amount <= MAX_USD_PER_HOUR * 1_000_000 ? amount : undefined;
};

/** For people: `$2.99`, with as many digits as it takes, two at least. */
export const usdText = (amountMicroUsd: number): string => {
  const digits = String(Math.abs(amountMicroUsd)).padStart(7, '0');
  const cents = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${amountMicroUsd < 0 ? '-' : ''}$${digits.slice(0, -6)}.${cents}`;
};
