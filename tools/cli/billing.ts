import { readFileSync } from 'node:fs';
import { checkFiles } from '../exports/check-files.ts';
import { exportPeriod } from '../exports/export-period.ts';
import { openPublicApi, type PublicApi } from '../platform/open-public-api.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { renderTable } from '../terminal/table.ts';

const help = `
Usage: ./tools/billing COMMAND [WORD...] [--json]

Money of a workspace, and of the site for who runs it. Asks the platform that MODAL_SERVER_URL names with the token of
MODAL_TOKEN_ID and MODAL_TOKEN_SECRET, or else the one of this checkout.

  balance [MONTH]              what a month comes to, and what is left of credits
  costs FROM [TO]              by function and day; days such as 2027-11-01, or moments with their zone
  budgets                      with what is spent and held of each
  budget KIND USD [ENV]        sets a soft or hard budget
  invoices                     of the workspace
  invoice NUMBER               as a page of HTML, on standard output
  cards                        all rate cards
  publish FILE                 a rate card, as JSON, for later          (operator)
  grant WORKSPACE ID USD WHY   gives credit                             (operator)
  close MONTH                  issues the invoices of a month           (operator)
  export --from DAY --to DAY   what is billed, as files of FOCUS 1.2 in the folder --out; --format csv or parquet,
                               --granularity daily or hourly; --site: of all workspaces   (operator)
  exports                      those that were asked for
  check FILE...                whether files keep the rules of FOCUS 1.2
  anomalies                    usage that was refused, is missing, or has no price   (operator)
  books                        the trial balance                        (operator)

  --json   what was answered, as it is
  --help   this text
`;

type Row = Readonly<Record<string, unknown>>;
type Asked =
  | Readonly<{ path: string; columns?: readonly string[] }>
  | Readonly<{ method: 'POST' | 'PUT'; path: string; body: object }>
  | Readonly<{ page: string }>;

const need = (word: string | undefined, what: string): string => {
  if (word === undefined) throw new UsageError(`${what} is missing`);
  return word;
};

const commands: Readonly<Record<string, (words: readonly string[]) => Asked>> = {
  balance: ([month]) => ({
    path: `/billing/balance${month === undefined ? '' : `?month=${encodeURIComponent(month)}`}`,
  }),
  costs: ([from, to]) => ({
    path: `/billing/costs?${new URLSearchParams({ from: need(from, 'FROM'), ...(to === undefined ? {} : { to }) })}`,
    columns: ['from', 'environment', 'name', 'listUsd', 'billedUsd'],
  }),
  budgets: () => ({
    path: '/billing/budgets',
    columns: ['budgetId', 'environment', 'kind', 'limitUsd', 'spentUsd', 'heldUsd'],
  }),
  budget: ([kind, limitUsd, environment]) => ({
    method: 'PUT',
    path: '/billing/budgets',
    body: {
      kind: need(kind, 'KIND'),
      limitUsd: need(limitUsd, 'USD'),
      ...(environment === undefined ? {} : { environment }),
    },
  }),
  invoices: () => ({
    path: '/billing/invoices',
    columns: ['invoiceNumber', 'month', 'usageUsd', 'creditedUsd', 'dueUsd'],
  }),
  invoice: ([number]) => ({ page: `/billing/invoices/${encodeURIComponent(need(number, 'NUMBER'))}/page` }),
  cards: () => ({ path: '/billing/rate-cards' }),
  publish: ([file]) => ({
    method: 'POST',
    path: '/billing/rate-cards',
    body: JSON.parse(readFileSync(need(file, 'FILE'), 'utf8')) as object,
  }),
  grant: ([workspaceId, grantId, amountUsd, ...why]) => ({
    method: 'POST',
    path: '/billing/grants',
    body: {
      workspaceId: need(workspaceId, 'WORKSPACE'),
      grantId: need(grantId, 'ID'),
      amountUsd: need(amountUsd, 'USD'),
      reason: why.join(' '),
    },
  }),
  close: ([month]) => ({
    method: 'POST',
    path: '/billing/closed-months',
    body: { month: need(month, 'MONTH') },
  }),
  exports: () => ({
    path: '/billing/exports',
    columns: ['exportId', 'from', 'to', 'granularity', 'format', 'state'],
  }),
  anomalies: () => ({ path: '/billing/anomalies' }),
  books: () => ({ path: '/billing/trial-balance' }),
};

const answerOf = async (api: PublicApi, asked: Asked): Promise<unknown> => {
  if ('page' in asked) return api.text(asked.page);
  return 'method' in asked ? api.send(asked.method, asked.path, asked.body) : api.get(asked.path);
};

const shown = (answer: unknown, asked: Asked): string => {
  if (typeof answer === 'string') return answer;
  const { items } = answer as { items?: readonly Row[] };
  if (!('columns' in asked) || asked.columns === undefined || items === undefined)
    return JSON.stringify(answer, null, 2);
  const { columns } = asked;
  return renderTable(
    columns.map((column) => column.toUpperCase()),
    items.map((row) => columns.map((column) => String(row[column] ?? ''))),
  );
};

await runCommandLine({
  name: 'billing',
  help,
  options: {
    json: 'flag',
    site: 'flag',
    from: 'text',
    to: 'text',
    format: 'text',
    granularity: 'text',
    out: 'text',
  },
  mostRest: 40,
  goesOn: 'what was asked of the site goes on there',
  run: async (parsed) => {
    const { flags, rest } = parsed;
    const [name = '', ...words] = rest;
    if (name === 'export') return exportPeriod(openPublicApi(), parsed);
    if (name === 'check') return checkFiles(words);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`'${name}' is no command`);
    const asked = command(words);
    const answer = await answerOf(openPublicApi(), asked);
    console.log(
      flags.has('json') && typeof answer !== 'string' ? JSON.stringify(answer) : shown(answer, asked),
    );
    return 0;
  },
});
