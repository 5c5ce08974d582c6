export type PortNeed = Readonly<{
  name: string;
  /** The port to take where nothing else is said. */
  preferred: number;
  /** Set by the operator: taken as it is, or refused. */
  fixed?: number;
}>;

export type Ports = Readonly<Record<string, number>>;

/**
 * One port for each need: the operator's, else the one kept from an earlier start, else the preferred one, else the
 * next free one above it. `isFree` says whether a port can be listened on now.
 */
export const choosePorts = async (
  needs: readonly PortNeed[],
  kept: Ports,
  isFree: (port: number) => Promise<boolean>,
): Promise<Ports> => {
  const chosen: Record<string, number> = {};
  const taken = new Set<number>(needs.flatMap(({ fixed }) => (fixed === undefined ? [] : [fixed])));
  for (const need of needs) {
    if (need.fixed !== undefined) {
      if (!(await isFree(need.fixed))) {
        throw new Error(`port ${need.fixed} for ${need.name} is in use; name a free one`);
      }
      chosen[need.name] = need.fixed;
      continue;
    }
    const wanted = kept[need.name] ?? need.preferred;
    const reserved = new Set([...taken, ...othersWishes(needs, kept, need.name)]);
    chosen[need.name] = await firstFree(wanted, taken, reserved, isFree);
    taken.add(chosen[need.name]!);
  }
  return chosen;
};

const othersWishes = (needs: readonly PortNeed[], kept: Ports, name: string): number[] =>
  needs.filter((other) => other.name !== name).map((other) => kept[other.name] ?? other.preferred);

const firstFree = async (
  wanted: number,
  taken: ReadonlySet<number>,
  reserved: ReadonlySet<number>,
  isFree: (port: number) => Promise<boolean>,
): Promise<number> => {
  if (!taken.has(wanted) && (await isFree(wanted))) return wanted;
  for (let port = wanted + 1; port <= 65_535; port += 1) {
    if (!reserved.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${wanted} to 65535`);
};
