import type { Recorder } from './report/recorder.ts';

export type Alternated<Ours, Theirs> = Readonly<{ ours: readonly Ours[]; theirs: readonly Theirs[] }>;

/**
 * Measures ours and the baseline in turns, so that what else happens on the machine falls on both alike. `theirs` is
 * empty where there is no baseline, or where it failed: then the reason is told.
 */
export const alternate = async <Ours, Theirs>(
  recorder: Recorder,
  rounds: number,
  measureOurs: () => Promise<Ours>,
  baseline: Readonly<{ name: string; measure: () => Promise<Theirs> }> | undefined,
): Promise<Alternated<Ours, Theirs>> => {
  const ours: Ours[] = [];
  const theirs: Theirs[] = [];
  let failed = baseline === undefined;
  for (let round = 1; round <= rounds; round += 1) {
    recorder.note(`round ${round} of ${rounds}${baseline ? `, beside ${baseline.name}` : ''}`);
    ours.push(await measureOurs());
    if (baseline === undefined || failed) continue;
    const found = await recorder.orSkipped(baseline.name, baseline.measure);
    if (found === undefined) failed = true;
    else theirs.push(found);
  }
  return { ours, theirs: failed ? [] : theirs };
};
