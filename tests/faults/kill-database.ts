import type { OpenedRecords } from '../../services/blob-store/app/records/open-records.js';

/** Ends a process of PostgreSQL, which then starts all of them anew and recovers from its log. */
export const killDatabase = async ({ orm }: Pick<OpenedRecords, 'orm'>): Promise<void> => {
  const found = await orm.em
    .getConnection()
    .execute<{ pid: number }[]>(
      `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    .catch(() => []);
  for (const { pid } of found) if (kills(pid)) return;
};

/** Whether it was still there: who has looked a process up may come after its end. */
const kills = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};
