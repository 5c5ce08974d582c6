import type { Installed } from './installed.ts';
/** PostgreSQL's server programs: the newest of the machine that is new enough. `path` is their folder. */
export declare const findPostgres: () => Promise<Installed>;
