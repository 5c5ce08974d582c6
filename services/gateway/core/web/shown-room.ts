/** What a container has shown of its room since it said that it is busy. */
export type ShownRoom =
  /** It takes no more of our requests than `places`, as far as we know. */
  | Readonly<{ status: 'full'; places: number; pauseMs: number }>
  /** The pause is over: it may be asked for more. */
  | Readonly<{ status: 'unknown'; pauseMs: number }>;

/** User code that has answered has mostly ended a moment later. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** Many busy containers are asked one after the other, not as fast as they refuse. */
const PAUSE_MS_PER_BUSY_TASK = 10;

/**
 * A container said that it is busy while it has `inside` of our requests beside the refused one; `busyTasks` of the function
 * have said so. For a pause it is asked for no more than that, and the pause grows as long as it goes on refusing.
 */
export const saidBusy = (known: ShownRoom | undefined, inside: number, busyTasks: number): ShownRoom => {
  if (known === undefined) return { status: 'full', places: inside, pauseMs: FIRST_PAUSE_MS };
  if (known.status === 'full') return { ...known, places: Math.min(known.places, inside) };
  const longestMs = Math.max(LONGEST_PAUSE_MS, PAUSE_MS_PER_BUSY_TASK * busyTasks);
  return { status: 'full', places: inside, pauseMs: Math.min(longestMs, known.pauseMs * 2) };
};

export const pauseOver = ({ pauseMs }: ShownRoom): ShownRoom => ({ status: 'unknown', pauseMs });

/** One of our requests left: its place is free now or, where user code has not ended, in a moment. Pauses begin anew. */
export const oneLeft = (known: ShownRoom): ShownRoom | undefined =>
  known.status === 'full' ? { ...known, pauseMs: FIRST_PAUSE_MS } : undefined;

/** Whether it is of no use to ask a container with `inside` of our requests for one place more. */
export const isShownFull = (known: ShownRoom | undefined, inside: number): boolean =>
  known?.status === 'full' && inside >= known.places;
