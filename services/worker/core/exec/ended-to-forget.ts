/** A program that has ended. */
export type EndedExec = Readonly<{
  execId: string;
  /** Whether somebody has been told how it ended. */
  told: boolean;
  /** Of its output. */
  heldBytes: number;
}>;

const MOST_ENDED = 100;
const MOST_UNTOLD = 1_000;
const MOST_HELD_BYTES = 256 * 1024 * 1024;

/**
 * Which programs can be asked for their ends no longer; `ended` has the oldest first. Those go first whose ends were told: a client
 * may start many programs and only then ask for each. The last 100 stay in any case.
 */
export const endedToForget = (ended: readonly EndedExec[]): readonly string[] => {
  const told = ended.slice(0, Math.max(0, ended.length - MOST_ENDED)).filter((exec) => exec.told);
  const rest = ended.filter((exec) => !told.includes(exec));
  const bytesFrom = (first: number): number =>
    rest.slice(first).reduce((bytes, { heldBytes }) => bytes + heldBytes, 0);
  let first = Math.max(0, rest.length - MOST_UNTOLD);
  while (rest.length - first > MOST_ENDED && bytesFrom(first) > MOST_HELD_BYTES) first += 1;
  return [...told, ...rest.slice(0, first)].map(({ execId }) => execId);
};
