/** A count of a plan, which is exact to a thousandth, in thousandths: a whole number. */
export const thousandths = (count: number): number => Math.round(count * 1000);
