import type { Recorder } from './report/recorder.ts';

export type Baseline<Found> = Readonly<{ name: string; measure: () => Promise<Found> }>;

export type Alternated<Ours, Theirs> = Readonly<{
  ours: readonly Ours[];
  /** In the order of the baselines. Those that could not be measured are missing, and the reason was told. */
  theirs: readonly Readonly<{ name: string; found: readonly Theirs[] }>[];
}>;

/** Measures ours and the baselines in turns, so that what else happens on the machine falls on all alike. */
export const alternate = async <Ours, Theirs>(
  recorder: Recorder,
  rounds: number,
  measureOurs: () => Promise<Ours>,
  baselines: readonly Baseline<Theirs>[],
): Promise<Alternated<Ours, Theirs>> => {
  const ours: Ours[] = [];
  const alive = new Map(baselines.map((baseline) => [baseline, [] as Theirs[]]));
  for (let round = 1; round <= rounds; round += 1) {
    const beside = [...alive.keys()].map(({ name }) => name).join(' and ');
    recorder.note(`round ${round} of ${rounds}${beside && `, beside ${beside}`}`);
    ours.push(await measureOurs());
    for (const [baseline, found] of alive) {
      const sample = await recorder.orSkipped(baseline.name, baseline.measure);
      if (sample === undefined) alive.delete(baseline);
      else found.push(sample);
    }
  }
  return { ours, theirs: [...alive].map(([{ name }, found]) => ({ name, found })) };
};
