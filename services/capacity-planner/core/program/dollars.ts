/** Dollars keep the solver's numbers near one. */
export const dollars = (microUsd: number): number => microUsd / 1e6;
