import { LOGS_STREAM, type AppDone, type LogBatch } from '@slipway/contracts';
import { linesOf, type LogLine } from '@slipway/gateway-core';
import { BusUnavailableError, type Bus } from '@slipway/messaging';
import { isPassingTrouble } from '../passing-trouble.js';
import { readStream } from '../streams/read-stream.js';
import { subjectsToFollow, type LogSource } from './log-source.js';

/** The number of the last message that the stream LOGS has taken. Throws BusUnavailableError. */
export const lastLogSequence = async ({ connection }: Bus): Promise<number> => {
  try {
    const { streams } = await connection.jetstreamManager();
    return (await streams.info(LOGS_STREAM)).state.last_seq;
  } catch (error) {
    throw new BusUnavailableError(LOGS_STREAM, String(error));
  }
};

/** The last lines of an app that is over are stored this much later at most, unless the bus was away. */
export const LAST_LINES_WITHIN_MS = 3_000;
const LOOK_AGAIN_MS = 55_000;

/** The lines that come after a message, until the app has stopped or the reader is gone. */
export async function* followLines(
  bus: Bus,
  source: LogSource,
  afterSequence: number,
  gone: AbortSignal,
  lookAgainMs = LOOK_AGAIN_MS,
): AsyncGenerator<readonly LogLine[], void, undefined> {
  const { app, filter } = source;
  if (app.state === 'stopped') return;
  let last = afterSequence;
  let over = false;
  let allRead = false;
  const quiet = { ms: LAST_LINES_WITHIN_MS, reached: () => (allRead = true) };
  while (!gone.aborted && !allRead) {
    const messages = readStream(bus.connection, {
      stream: LOGS_STREAM,
      subjects: subjectsToFollow(source),
      afterSequence: last,
      cameAhead: 'left',
      untilMs: over ? Infinity : Date.now() + lookAgainMs,
      cancelled: gone,
      ...(over && { quiet }),
    });
    for await (const message of messages) {
      last = message.seq;
      const said = message.json<LogBatch | AppDone>();
      if ('done' in said) return;
      const lines = linesOf(said, filter);
      if (lines.length > 0) yield lines;
    }
    // The message that ends a log may never be sent.
    over ||= await isOver(bus, source);
  }
}

const isOver = async (bus: Bus, { app: { workspaceId, appId } }: LogSource): Promise<boolean> => {
  try {
    return (await bus.request('scheduler.get-app', { workspaceId, appId })).state === 'stopped';
  } catch (error) {
    if (isPassingTrouble(error)) return false;
    throw error;
  }
};
