import type { UsageFact } from '@slipway/contracts';

/** The parts of a fact that differ from one period to the next, in the order in which they are stored. */
const MEASURED = {
  container: ['phases', 'calls', 'cpu', 'memory', 'disk', 'gpus', 'egressBytes', 'end'],
  volume: ['storedBytes'],
} as const;

const NAME_AND_PERIOD = ['sequence', 'fromMs', 'durationNs'] as const;

/** What a fact says of its own period. */
const OWN: Readonly<Record<UsageFact['kind'], ReadonlySet<string>>> = {
  container: new Set([...NAME_AND_PERIOD, ...MEASURED.container]),
  volume: new Set([...NAME_AND_PERIOD, ...MEASURED.volume]),
};

/** A fact in two: `subject` is the same for all facts of one container, `measured` is this period's. */
export type SplitFact = Readonly<{
  subject: Readonly<Record<string, unknown>>;
  measured: readonly unknown[];
}>;

export const splitFact = (fact: UsageFact): SplitFact => {
  const own = OWN[fact.kind];
  const fields: Readonly<Record<string, unknown>> = fact;
  return {
    subject: Object.fromEntries(Object.entries(fields).filter(([name]) => !own.has(name))),
    measured: MEASURED[fact.kind].map((name) => fields[name] ?? null),
  };
};

/** The fact as it came. */
export const joinFact = (
  { subject, measured }: SplitFact,
  period: Readonly<{ sequence: number; fromMs: number; durationNs: number }>,
): UsageFact => {
  const names = MEASURED[subject['kind'] as UsageFact['kind']];
  const measures = names.flatMap((name, index) =>
    measured[index] === null || measured[index] === undefined ? [] : [[name, measured[index]] as const],
  );
  return { ...subject, ...period, ...Object.fromEntries(measures) } as unknown as UsageFact;
};
