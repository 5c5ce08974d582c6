import { dirname } from 'node:path';
import { runQuietly } from '../terminal/run-quietly.ts';
import { findByPattern, findOnPath } from './find-on-path.ts';
import { isAtLeast, versionIn } from './version.ts';
const oldestPostgres = '14';
/** PostgreSQL's server programs: the newest of the machine that is new enough. `path` is their folder. */
export const findPostgres = async () => {
    const found = [...findByPattern('/usr/lib/postgresql/*/bin/initdb'), findOnPath('initdb')];
    for (const initdb of found.filter((path) => path !== undefined)) {
        const version = versionIn((await runQuietly(initdb, ['--version'])).output);
        if (version && isAtLeast(version, oldestPostgres))
            return { path: dirname(initdb), version, source: 'on PATH' };
    }
    throw new Error(`no PostgreSQL ${oldestPostgres} or newer was found; install it, or name one by DATABASE_URL`);
};
//# sourceMappingURL=postgres.js.map