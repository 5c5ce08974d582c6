import { Agent, request } from 'node:http';

export type Target = Readonly<{ port: number; host: string }>;
export type Shape = Readonly<{ method: 'GET' | 'POST'; path: string; body?: Buffer }>;
export type LoadNumbers = Readonly<{ samplesMs: readonly number[]; perSecond: number }>;

/** Requests one after the other on each of so many connections, for so long, and one at least. Throws where an answer is not 200. */
export const load = async (
  { port, host }: Target,
  { method, path, body }: Shape,
  { connections, seconds }: Readonly<{ connections: number; seconds: number }>,
): Promise<LoadNumbers> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = {
    host,
    ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
  };
  const one = (): Promise<number> =>
    new Promise((done, fail) => {
      const began = performance.now();
      const outgoing = request({ hostname: '127.0.0.1', port, method, path, headers, agent }, (incoming) => {
        incoming.resume();
        incoming.once('error', fail);
        incoming.once('end', () => {
          if (incoming.statusCode === 200) done(performance.now() - began);
          else fail(new Error(`${method} ${path} was answered ${incoming.statusCode}`));
        });
      });
      outgoing.once('error', fail);
      outgoing.end(body);
    });
  const samplesMs: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const connection = async (): Promise<void> => {
    do samplesMs.push(await one());
    while (performance.now() < until);
  };
  try {
    await Promise.all(Array.from({ length: connections }, connection));
    return { samplesMs, perSecond: (samplesMs.length * 1000) / (performance.now() - began) };
  } finally {
    agent.destroy();
  }
};
