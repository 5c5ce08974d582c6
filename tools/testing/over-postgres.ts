import {
  startKillablePostgres,
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from './throwaway-postgres.ts';

type Closable = Readonly<{ close: () => Promise<unknown> }>;
type Store = Closable | Readonly<{ orm: Closable }>;

const READY_WITHIN_MS = 120_000;

const over =
  <Server extends ThrowawayPostgres>(start: () => Promise<Server>) =>
  <Opened extends Store>(
    open: (databaseUrl: string) => Promise<Opened>,
    use: (opened: Opened, postgres: Server) => unknown = () => undefined,
  ): void => {
    let postgres: Server | undefined;
    let store: Store | undefined;
    beforeAll(async () => {
      postgres = await start();
      const opened = await open(postgres.databaseUrl);
      store = opened;
      await use(opened, postgres);
    }, READY_WITHIN_MS);
    afterAll(async () => {
      await (store && 'orm' in store ? store.orm : store)?.close();
      await postgres?.stop();
    });
  };

/** Has the specs of a file, or of a `describe`, run over a PostgreSQL: opens a store there, hands it to `use`, and closes both afterwards. */
export const overPostgres = over(() => startThrowawayPostgres());

/** The same over a server that specs may kill. */
export const overKillablePostgres = over(() => startKillablePostgres());
