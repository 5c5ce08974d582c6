import { spawn, type ChildProcess } from 'node:child_process';
import { begunThings } from '../begun-things.ts';
import { programPath } from '../client/run-program.ts';
import { venvWith } from '../client/venv.ts';
import { rayEnvironment, rayVersion } from '../ray/run-ray.ts';
import { freePort } from './free-port.ts';
import { load } from './load.ts';

const upWithinMs = 90_000;
const webPackages = ['fastapi==0.115.6', 'uvicorn[standard]==0.32.1', 'modal==1.6.4'];

/** The app of web_app.py under uvicorn, neither a container nor a proxy about it. */
export const besideUvicorn = async <T>(work: (port: number) => Promise<T>): Promise<T> =>
  withServer(await venvWith('web-app', '1', webPackages), (port) => ['serve_web_app.py', String(port)], work);

/** A no-op under Ray Serve, one replica. */
export const besideRayServe = async <T>(work: (port: number) => Promise<T>): Promise<T> =>
  withServer(await rayServe(), (port) => ['ray_serve.py', String(port), '0'], work);

/** An interpreter that has Ray Serve. */
export const rayServe = (): Promise<string> =>
  venvWith('ray-serve', rayVersion, [`ray[serve]==${rayVersion}`]);

/** Starts a program that serves on a port, does `work` once it answers, and ends it. */
const withServer = async <T>(
  python: string,
  words: (port: number) => readonly string[],
  work: (port: number) => Promise<T>,
): Promise<T> => {
  const port = await freePort();
  const [program = '', ...others] = words(port);
  let server: ChildProcess | undefined;
  return begunThings.during(
    async () => server && end(server),
    async () => {
      server = spawn(python, [programPath(program), ...others], {
        env: rayEnvironment(),
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      await Promise.race([untilServed(port), endOf(server, program)]);
      return work(port);
    },
  );
};

const endOf = (server: ChildProcess, program: string): Promise<never> => {
  const ended = new Promise<never>((_, fail) =>
    server.once('exit', (code) => fail(new Error(`${program} ended with code ${code} before it served`))),
  );
  ended.catch(() => undefined);
  return ended;
};

const end = async (server: ChildProcess): Promise<void> => {
  server.stdin!.end();
  if (server.exitCode !== null || server.signalCode !== null) return;
  await new Promise((done) => (server.once('exit', done), server.kill()));
};

const untilServed = async (port: number): Promise<void> => {
  const until = Date.now() + upWithinMs;
  for (;;) {
    try {
      await load({ port, host: 'app' }, { method: 'GET', path: '/' }, { connections: 1, seconds: 0.001 });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
};
