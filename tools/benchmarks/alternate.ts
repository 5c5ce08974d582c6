import type { Recorder } from './report/recorder.ts';

export type Baseline<Found> = Readonly<{ name: string; measure: () => Promise<Found> }>;

export type Alternated<Ours, Theirs> = Readonly<{
  ours: readonly Ours[];
  /** In the order of the baselines. One that failed has what it found before, and is missing where that is nothing; the reason was told. */
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
  const theirs = baselines.map((baseline) => ({ ...baseline, found: [] as Theirs[] }));
  let alive = theirs;
  for (let round = 1; round <= rounds; round += 1) {
    const beside = alive.map(({ name }) => name).join(' and ');
    recorder.note(`round ${round} of ${rounds}${beside && `, beside ${beside}`}`);
    ours.push(await measureOurs());
    for (const { name, measure, found } of alive) {
      const sample = await recorder.orSkipped(round === 1 ? name : `${name} from round ${round} on`, measure);
      if (sample !== undefined) found.push(sample);
    }
    alive = alive.filter(({ found }) => found.length === round);
  }
  return { ours, theirs: theirs.flatMap(({ name, found }) => (found.length === 0 ? [] : [{ name, found }])) };
};
