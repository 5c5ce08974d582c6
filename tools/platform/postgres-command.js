import { runQuietly } from '../terminal/run-quietly.ts';
// PostgreSQL looks its user up by name; every Linux system has one with this id.
const plainId = 1;
/**
 * How to run a PostgreSQL program. It refuses to run as root, and another user could not reach a checkout below
 * /root; so root runs it in a user namespace of its own, in which root's files belong to a plain user.
 */
export const postgresCommand = async (program) => {
    if (process.getuid?.() !== 0)
        return [program];
    const plainUser = ['unshare', '--user', `--map-user=${plainId}`, `--map-group=${plainId}`];
    const possible = await runQuietly(plainUser[0], [...plainUser.slice(1), 'true']);
    if (!possible.ok) {
        throw new Error('PostgreSQL cannot run as root, and this machine has no user namespaces to run it in as another user; ' +
            `run as a plain user, or name a server by DATABASE_URL (${possible.output})`);
    }
    return [...plainUser, program];
};
//# sourceMappingURL=postgres-command.js.map