export type Baseline = Readonly<{ name: string; value: number }>;

/** One number beside the same number of something to compare it with. `ratio` is value / baselineValue. */
export type Measurement = Readonly<{
  bench: string;
  metric: string;
  value: number;
  unit: string;
  baseline: string | null;
  baselineValue: number | null;
  ratio: number | null;
}>;

/** Numbers keep four significant digits: a machine's noise is larger. */
const rounded = (value: number): number => Number(value.toPrecision(4));

export const measurement = (
  bench: string,
  metric: string,
  value: number,
  unit: string,
  baseline?: Baseline,
): Measurement => ({
  bench,
  metric,
  value: rounded(value),
  unit,
  baseline: baseline?.name ?? null,
  baselineValue: baseline === undefined ? null : rounded(baseline.value),
  ratio: baseline === undefined ? null : rounded(value / baseline.value),
});
