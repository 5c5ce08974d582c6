import { UsageError, type ParsedArguments } from '../terminal/parse-arguments.ts';
import type { Usage } from '../terminal/refuse-surplus.ts';
import { readRateCard } from './read-rate-card.ts';

/** What the site is asked for a command; a list names its columns, a page is no JSON. */
export type Asked =
  | Readonly<{ path: string; columns?: readonly string[] }>
  | Readonly<{ method: 'POST' | 'PUT'; path: string; body: object }>
  | Readonly<{ page: string }>;

export type MoneyCommand = Usage &
  Readonly<{ ask: (words: readonly string[], parsed: Pick<ParsedArguments, 'flags'>) => Asked }>;

const need = (word: string | undefined, what: string): string => {
  if (word === undefined || word === '') throw new UsageError(`${what} is missing`);
  return word;
};

export const moneyCommands: Readonly<Record<string, MoneyCommand>> = {
  balance: {
    words: 1,
    ask: ([month]) => ({
      path: `/billing/balance${month === undefined ? '' : `?month=${encodeURIComponent(month)}`}`,
    }),
  },
  costs: {
    words: 2,
    ask: ([from, to]) => ({
      path: `/billing/costs?${new URLSearchParams({ from: need(from, 'FROM'), ...(to === undefined ? {} : { to }) })}`,
      columns: ['from', 'environment', 'name', 'listUsd', 'billedUsd'],
    }),
  },
  budgets: {
    words: 0,
    ask: () => ({
      path: '/billing/budgets',
      columns: ['budgetId', 'environment', 'kind', 'limitUsd', 'spentUsd', 'heldUsd'],
    }),
  },
  budget: {
    words: 3,
    ask: ([kind, limitUsd, environment]) => ({
      method: 'PUT',
      path: '/billing/budgets',
      body: {
        kind: need(kind, 'KIND'),
        limitUsd: need(limitUsd, 'USD'),
        ...(environment === undefined ? {} : { environment }),
      },
    }),
  },
  invoices: {
    words: 0,
    ask: () => ({
      path: '/billing/invoices',
      columns: ['invoiceNumber', 'month', 'usageUsd', 'creditedUsd', 'dueUsd'],
    }),
  },
  invoice: {
    words: 1,
    ask: ([number]) => ({ page: `/billing/invoices/${encodeURIComponent(need(number, 'NUMBER'))}/page` }),
  },
  cards: { words: 0, ask: () => ({ path: '/billing/rate-cards' }) },
  publish: {
    words: 1,
    ask: ([file]) => ({
      method: 'POST',
      path: '/billing/rate-cards',
      body: readRateCard(need(file, 'FILE')),
    }),
  },
  grant: {
    words: Infinity,
    ask: ([workspaceId, grantId, amountUsd, ...why]) => ({
      method: 'POST',
      path: '/billing/grants',
      body: {
        workspaceId: need(workspaceId, 'WORKSPACE'),
        grantId: need(grantId, 'ID'),
        amountUsd: need(amountUsd, 'USD'),
        reason: need(why.join(' '), 'WHY'),
      },
    }),
  },
  close: {
    words: 1,
    ask: ([month]) => ({
      method: 'POST',
      path: '/billing/closed-months',
      body: { month: need(month, 'MONTH') },
    }),
  },
  exports: {
    words: 0,
    options: { site: 'flag' },
    ask: (_words, { flags }) => ({
      path: `/billing/exports${flags.has('site') ? '?of=site' : ''}`,
      columns: ['exportId', 'from', 'to', 'granularity', 'format', 'state', 'triesAgainAt', 'error'],
    }),
  },
  anomalies: { words: 0, ask: () => ({ path: '/billing/anomalies' }) },
  books: { words: 0, ask: () => ({ path: '/billing/trial-balance' }) },
};
