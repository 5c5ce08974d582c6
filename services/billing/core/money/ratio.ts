import { refuse, type Refusal } from '@slipway/kernel';

/** A multiplier without a rounding error: 5/4 is a quarter more. */
export type Ratio = Readonly<{ numerator: bigint; denominator: bigint }>;

export const ONE: Ratio = { numerator: 1n, denominator: 1n };

export const ratioOf = (numerator: number | bigint, denominator: number | bigint): Ratio =>
  reduced({ numerator: BigInt(numerator), denominator: BigInt(denominator) });

export const times = (...ratios: readonly Ratio[]): Ratio =>
  reduced(
    ratios.reduce(
      (product, ratio) => ({
        numerator: product.numerator * ratio.numerator,
        denominator: product.denominator * ratio.denominator,
      }),
      ONE,
    ),
  );

/** `a` is less than, equal to or greater than `b`: negative, zero, positive. */
export const compareRatios = (a: Ratio, b: Ratio): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
};

/** Reads `5/4`, `3` or `1`; refuses what is not a positive ratio of whole numbers. */
export const parseRatio = (name: string, text: string): Ratio | Refusal => {
  const [, numerator, denominator = '1'] = /^(\d{1,9})(?:\/(\d{1,9}))?$/.exec(text) ?? [];
  if (numerator === undefined || BigInt(numerator) === 0n || BigInt(denominator) === 0n)
    return refuse(
      'invalid',
      'ratio-malformed',
      `${name} is '${text}', but must be a ratio of positive whole numbers such as 5/4.`,
    );
  return ratioOf(BigInt(numerator), BigInt(denominator));
};

export const ratioText = ({ numerator, denominator }: Ratio): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;

const reduced = ({ numerator, denominator }: Ratio): Ratio => {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large === 0n ? 1n : large;
};
