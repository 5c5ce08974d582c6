export type ThrowawayPostgres = Readonly<{
    databaseUrl: string;
    stop: () => Promise<void>;
}>;
/** One that can be ended as a crash ends it, and comes back on the same port with what it had committed. */
export type KillablePostgres = ThrowawayPostgres & Readonly<{
    killAndRestart: () => Promise<void>;
}>;
/**
 * A PostgreSQL server of a spec's own on a free port, with its data in a temporary folder; `stop` removes both.
 * With SLIPWAY_TEST_DATABASE_URL set that server is used instead, and left as it is.
 */
export declare const startThrowawayPostgres: () => Promise<ThrowawayPostgres>;
/** As above, but always a server of the spec's own. */
export declare const startKillablePostgres: (configured?: readonly string[]) => Promise<KillablePostgres>;
