/** Waits for so many milliseconds. */
export type Wait = (ms: number) => Promise<void>;

/** The API counts by the minute; who asks for more patience than this is not waited for. */
const LONGEST_WAIT_SECONDS = 120;
/** Others may use up the same token's next minutes too. */
const MOST_WAITS = 5;

/**
 * What a question is answered that may be asked any number of times: after a 429 that says in `retry-after` how many seconds later
 * to come again, it is asked again then. The last answer is a 429 where that does not help or would take too long.
 */
export const askPatiently = async (ask: () => Promise<Response>, wait: Wait): Promise<Response> => {
  let response = await ask();
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const seconds = secondsToWait(response);
    if (seconds === undefined) return response;
    await response.body?.cancel();
    await wait(seconds * 1000);
    response = await ask();
  }
  return response;
};

const secondsToWait = ({ status, headers }: Response): number | undefined => {
  const text = headers.get('retry-after') ?? '';
  if (status !== 429 || !/^\d+$/.test(text)) return undefined;
  return Number(text) <= LONGEST_WAIT_SECONDS ? Number(text) : undefined;
};
