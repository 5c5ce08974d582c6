import type { HostCommitments } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { dollars } from './figures.ts';
import { shownOf } from './read-pages.ts';

/** `GET /v1/capacity/hosts`. */
export type HostsAnswer = Readonly<{
  items: readonly Readonly<{
    hostId: string;
    offerId: string;
    status: string;
    drifts?: readonly string[];
    how?: string;
    refused?: Readonly<{ code: string; because: string }>;
    simulated: boolean;
    askedAt: string;
    billedSeconds: number;
    costMicroUsd: number;
    microUsdPerHour: number;
  }>[];
  total: number;
  nextCursor: string | null;
  heldTotal: number;
  driftsTotal: number;
  held: readonly Readonly<{ action: string; subject: string; heldBy: string; because: string }>[];
  drifts: readonly Readonly<{
    hostId: string;
    kind: string;
    seenBy: string;
    foundAt: string;
    endedAt?: string;
    message: string;
  }>[];
  costMicroUsd: number;
  microUsdPerHour: number;
  commitments: HostCommitments;
}>;

const statusOf = ({ status, how, refused, drifts = [] }: HostsAnswer['items'][number]): string =>
  [[status, how ?? refused?.code].filter((text) => text !== undefined).join(': '), ...drifts].join(', ');

/** Where ledger, vendors and workers disagree. */
const driftLines = (drifts: HostsAnswer['drifts']): readonly string[] =>
  drifts.map(({ hostId, kind, seenBy, foundAt, endedAt, message }) => {
    const since = endedAt === undefined ? `since ${foundAt}` : `${foundAt} to ${endedAt}`;
    return `drift: ${hostId} ${kind} (${seenBy}), ${since}: ${message}`;
  });

/** The newest words of a vendor for each offer and code: fifty refusals in a row say the same. */
const refusalsOf = (items: HostsAnswer['items']): readonly string[] => {
  const words = new Map<string, string>();
  for (const { offerId, refused } of items)
    if (refused !== undefined && !words.has(`${offerId}: ${refused.code}`))
      words.set(`${offerId}: ${refused.code}`, refused.because);
  return [...words].map(([what, because]) => `refused: ${what}: ${because}`);
};

/** Those beyond what is told at once. */
const notTold = (told: number, total: number, what: string): readonly string[] =>
  total > told ? [`${told} of ${total} ${what}`] : [];

const coveredText = ({
  coveredMicroUsd,
  coveredMicroUsdPerHour,
  paidMicroUsdPerHour,
}: HostCommitments): readonly string[] =>
  coveredMicroUsd === 0 && paidMicroUsdPerHour === 0
    ? []
    : [
        `of it commitments cover ${dollars(coveredMicroUsd)} so far, ${dollars(coveredMicroUsdPerHour)} an hour now; ` +
          `they cost ${dollars(paidMicroUsdPerHour)} an hour in any case`,
      ];

export const hostsTable = (answer: HostsAnswer): string => {
  const { items, held, heldTotal, drifts, driftsTotal, costMicroUsd, microUsdPerHour, commitments } = answer;
  return [
    items.length === 0
      ? '  No host was ever asked for.'
      : renderTable(
          ['HOST', 'OFFER', 'STATUS', 'ASKED', 'BILLED', 'COST', 'PER HOUR'],
          items.map((host) => [
            host.hostId,
            `${host.offerId}${host.simulated ? ' (simulated)' : ''}`,
            statusOf(host),
            host.askedAt,
            `${host.billedSeconds} s`,
            dollars(host.costMicroUsd),
            dollars(host.microUsdPerHour),
          ]),
        ),
    ...(answer.nextCursor ? [shownOf(answer, 'hosts')] : []),
    ...refusalsOf(items),
    ...driftLines(drifts),
    ...notTold(drifts.length, driftsTotal, 'drifts'),
    ...held.map(
      ({ action, subject, heldBy, because }) => `held by ${heldBy}: ${action} ${subject}: ${because}`,
    ),
    ...notTold(held.length, heldTotal, 'changes that are held'),
    `${dollars(costMicroUsd)} so far, ${dollars(microUsdPerHour)} an hour now`,
    ...coveredText(commitments),
  ].join('\n');
};
