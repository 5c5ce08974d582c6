/** Figures as people read them. */
export const dollars = (microUsd: number): string => `$${(microUsd / 1e6).toFixed(2)}`;
export const signed = (microUsd: number): string =>
  `${microUsd < 0 ? '−' : '+'}$${(Math.abs(microUsd) / 1e6).toFixed(2)}`;
export const percent = (ratio: number | undefined): string =>
  ratio === undefined ? '-' : `${(ratio * 100).toFixed(2)} %`;
export const count = (value: number): string => String(Math.round(value * 100) / 100);
