import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../install/postgres.ts';
import { postgresCommand } from '../platform/postgres-command.ts';
import { runLogged } from '../terminal/run-logged.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import { freePort } from './free-port.ts';
const STARTS_WITHIN_MS = 20_000;
/**
 * A PostgreSQL server of a spec's own on a free port, with its data in a temporary folder; `stop` removes both.
 * With SLIPWAY_TEST_DATABASE_URL set that server is used instead, and left as it is.
 */
export const startThrowawayPostgres = async () => {
    const given = process.env['SLIPWAY_TEST_DATABASE_URL'];
    return given === undefined ? startKillablePostgres() : { databaseUrl: given, stop: async () => undefined };
};
/** A server of a spec's that is given up with its machine: what is written need not reach the disk. */
const NOT_SYNCED = ['fsync=off'];
/** As above, but always a server of the spec's own. */
export const startKillablePostgres = async (configured = NOT_SYNCED) => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-postgres-'));
    const { path } = await findPostgres();
    const data = join(folder, 'data');
    const run = async (program, words) => {
        const [command, ...first] = await postgresCommand(join(path, program));
        await runLogged(command, [...first, ...words], { log: join(folder, `${program}.log`) });
    };
    await run('initdb', [`--pgdata=${data}`, '--username=slipway', '--auth=trust', '--locale=C', '--no-sync']);
    const port = await freePort();
    const [command, ...first] = await postgresCommand(join(path, 'postgres'));
    const settings = [
        'listen_addresses=127.0.0.1',
        `port=${port}`,
        `unix_socket_directories=${folder}`,
        ...configured,
    ];
    const isReady = join(path, 'pg_isready');
    let server;
    let exited;
    const launch = () => {
        const words = [...first, '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
        server = spawn(command, words, { stdio: 'ignore' });
        exited = new Promise((resolve) => server.once('close', () => resolve()));
    };
    const start = async () => {
        const until = Date.now() + STARTS_WITHIN_MS;
        launch();
        while (!(await runQuietly(isReady, ['-q', '-h', '127.0.0.1', '-p', String(port)])).ok) {
            if (Date.now() > until) {
                await stop();
                throw new Error(`PostgreSQL did not start on port ${port} within ${STARTS_WITHIN_MS / 1000} s`);
            }
            // After a crash it refuses to start until the last process of the old one is gone.
            if (server.exitCode !== null)
                launch();
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    };
    const stop = async () => {
        server.kill('SIGINT');
        await exited;
        rmSync(folder, { recursive: true, force: true });
    };
    const killAndRestart = async () => {
        const [pid = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
        process.kill(Number(pid), 'SIGKILL');
        await exited;
        await start();
    };
    await start();
    return { databaseUrl: `postgres://slipway@127.0.0.1:${port}/postgres`, stop, killAndRestart };
};
//# sourceMappingURL=throwaway-postgres.js.map