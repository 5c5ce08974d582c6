import { renderTable } from '../terminal/table.ts';
import { dollars } from './figures.ts';

/** `GET /v1/capacity/hosts`. */
export type HostsAnswer = Readonly<{
  items: readonly Readonly<{
    hostId: string;
    offerId: string;
    status: string;
    how?: string;
    simulated: boolean;
    askedAt: string;
    billedSeconds: number;
    costMicroUsd: number;
    microUsdPerHour: number;
  }>[];
  held: readonly Readonly<{ action: string; subject: string; heldBy: string; because: string }>[];
  costMicroUsd: number;
  microUsdPerHour: number;
}>;

export const hostsTable = ({ items, held, costMicroUsd, microUsdPerHour }: HostsAnswer): string =>
  [
    items.length === 0
      ? '  No host was ever asked for.'
      : renderTable(
          ['HOST', 'OFFER', 'STATUS', 'ASKED', 'BILLED', 'COST', 'PER HOUR'],
          items.map((host) => [
            host.hostId,
            `${host.offerId}${host.simulated ? ' (simulated)' : ''}`,
            host.how === undefined ? host.status : `${host.status}: ${host.how}`,
            host.askedAt,
            `${host.billedSeconds} s`,
            dollars(host.costMicroUsd),
            dollars(host.microUsdPerHour),
          ]),
        ),
    ...held.map(
      ({ action, subject, heldBy, because }) => `held by ${heldBy}: ${action} ${subject}: ${because}`,
    ),
    `${dollars(costMicroUsd)} so far, ${dollars(microUsdPerHour)} an hour now`,
  ].join('\n');
