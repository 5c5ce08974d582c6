import { LOGS_STREAM, type AppDone, type LogBatch } from '@slipway/contracts';
import { linesOf, type LogLine } from '@slipway/gateway-core';
import { BusUnavailableError, type Bus } from '@slipway/messaging';
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

/** The lines that come after a message, until the app has stopped or the reader is gone. */
export async function* followLines(
  bus: Bus,
  source: LogSource,
  afterSequence: number,
  gone: AbortSignal,
): AsyncGenerator<readonly LogLine[], void, undefined> {
  const { app, filter } = source;
  if (app.state === 'stopped') return;
  for (let last = afterSequence; !gone.aborted;) {
    const messages = readStream(bus.connection, {
      stream: LOGS_STREAM,
      subjects: subjectsToFollow(source),
      afterSequence: last,
      untilMs: Infinity,
      cancelled: gone,
    });
    for await (const message of messages) {
      last = message.seq;
      const said = message.json<LogBatch | AppDone>();
      if ('done' in said) return;
      const lines = linesOf(said, filter);
      if (lines.length > 0) yield lines;
    }
  }
}
