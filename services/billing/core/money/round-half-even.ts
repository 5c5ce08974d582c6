/**
 * The one rounding rule of all money here: to the nearest whole unit, and from exactly half way to the even one
 * (IEEE 754's roundTiesToEven), so that many roundings lean neither way. `denominator` is positive.
 */
export const roundHalfEven = (numerator: bigint, denominator: bigint): bigint => {
  const floor = numerator / denominator - (numerator % denominator < 0n ? 1n : 0n);
  const twice = 2n * (numerator - floor * denominator);
  if (twice < denominator) return floor;
  if (twice > denominator) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
};
