import { readFileSync } from 'node:fs';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { renderTable } from '../terminal/table.ts';

const help = `
Usage: ./tools/billing COMMAND [WORD...] [--json]

Money of a workspace, and of the site for who runs it. Asks the platform that MODAL_SERVER_URL names, with the token of
MODAL_TOKEN_ID and MODAL_TOKEN_SECRET: source the platform's env file first.

  balance [MONTH]              what a month comes to, and what is left of credits
  costs FROM [TO]              by function and day; moments as in RFC 3339
  budgets                      with what is spent and held of each
  budget KIND USD [ENV]        sets a soft or hard budget
  invoices                     of the workspace
  invoice NUMBER               as a page of HTML, on standard output
  cards                        all rate cards
  publish FILE                 a rate card, as JSON, for later          (operator)
  grant WORKSPACE ID USD WHY   gives credit                             (operator)
  close MONTH                  issues the invoices of a month           (operator)
  anomalies                    usage that was refused, is missing, or has no price   (operator)
  books                        the trial balance                        (operator)

  --json   what was answered, as it is
  --help   this text
`;

type Row = Readonly<Record<string, unknown>>;
type Asked = Readonly<{ method?: string; path: string; body?: unknown; columns?: readonly string[] }>;

const need = (word: string | undefined, what: string): string => {
  if (word === undefined) throw new UsageError(`${what} is missing`);
  return word;
};

const commands: Readonly<Record<string, (words: readonly string[]) => Asked>> = {
  balance: ([month]) => ({
    path: `billing/balance${month === undefined ? '' : `?month=${encodeURIComponent(month)}`}`,
  }),
  costs: ([from, to]) => ({
    path: `billing/costs?${new URLSearchParams({ from: need(from, 'FROM'), ...(to === undefined ? {} : { to }) })}`,
    columns: ['from', 'environment', 'name', 'listUsd', 'billedUsd'],
  }),
  budgets: () => ({
    path: 'billing/budgets',
    columns: ['budgetId', 'environment', 'kind', 'limitUsd', 'spentUsd', 'heldUsd'],
  }),
  budget: ([kind, limitUsd, environment]) => ({
    method: 'PUT',
    path: 'billing/budgets',
    body: {
      kind: need(kind, 'KIND'),
      limitUsd: need(limitUsd, 'USD'),
      ...(environment === undefined ? {} : { environment }),
    },
  }),
  invoices: () => ({
    path: 'billing/invoices',
    columns: ['invoiceNumber', 'month', 'usageUsd', 'creditedUsd', 'dueUsd'],
  }),
  invoice: ([number]) => ({ path: `billing/invoices/${encodeURIComponent(need(number, 'NUMBER'))}/page` }),
  cards: () => ({ path: 'billing/rate-cards' }),
  publish: ([file]) => ({
    method: 'POST',
    path: 'billing/rate-cards',
    body: JSON.parse(readFileSync(need(file, 'FILE'), 'utf8')) as unknown,
  }),
  grant: ([workspaceId, grantId, amountUsd, ...why]) => ({
    method: 'POST',
    path: 'billing/grants',
    body: {
      workspaceId: need(workspaceId, 'WORKSPACE'),
      grantId: need(grantId, 'ID'),
      amountUsd: need(amountUsd, 'USD'),
      reason: why.join(' '),
    },
  }),
  close: ([month]) => ({
    method: 'POST',
    path: 'billing/closed-months',
    body: { month: need(month, 'MONTH') },
  }),
  anomalies: () => ({ path: 'billing/anomalies' }),
  books: () => ({ path: 'billing/trial-balance' }),
};

const ask = async ({ method = 'GET', path, body }: Asked): Promise<string> => {
  const { MODAL_SERVER_URL, MODAL_TOKEN_ID, MODAL_TOKEN_SECRET } = process.env;
  if (MODAL_SERVER_URL === undefined)
    throw new Error('MODAL_SERVER_URL is not set: source the env file of a platform');
  const answer = await fetch(`${MODAL_SERVER_URL}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${MODAL_TOKEN_ID}:${MODAL_TOKEN_SECRET}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.ok) return text;
  const problem = JSON.parse(text) as { detail?: string; title?: string };
  throw new Error(problem.detail ?? problem.title ?? `the platform answered ${answer.status}`);
};

const shown = (text: string, columns: readonly string[] | undefined): string => {
  if (text.startsWith('<')) return text;
  const document = JSON.parse(text) as Row & { items?: readonly Row[] };
  if (columns !== undefined && document.items !== undefined)
    return renderTable(
      columns.map((column) => column.toUpperCase()),
      document.items.map((row) => columns.map((column) => String(row[column] ?? ''))),
    );
  return JSON.stringify(document, null, 2);
};

await runCommandLine({
  name: 'billing',
  help,
  options: { json: 'flag' },
  mostRest: 40,
  run: async ({ flags, rest }) => {
    const [name = '', ...words] = rest;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`'${name}' is no command`);
    const asked = command(words);
    const text = await ask(asked);
    console.log(flags.has('json') ? text : shown(text, asked.columns));
    return 0;
  },
});
