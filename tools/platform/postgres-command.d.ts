/**
 * How to run a PostgreSQL program. It refuses to run as root, and another user could not reach a checkout below
 * /root; so root runs it in a user namespace of its own, in which root's files belong to a plain user.
 */
export declare const postgresCommand: (program: string) => Promise<string[]>;
