import { egressMicroUsdPerContainerHour } from '../simulation/accounts/egress-price.js';
import { mayServe } from '../simulation/compatibility.js';
import type { Period } from '../simulation/period.js';

/** Offers that the same groups may use at the same egress prices. */
export type BoundCell = Readonly<{
  offers: readonly number[];
  /** The groups, and what one container of each pulls in an hour, in micro-USD. */
  groups: readonly Readonly<{ group: number; egressMicroUsdPerHour: number }>[];
}>;

/** Classes of offers by who may stand on them; offers that could never be had, or that nobody may use, are in none. */
export const boundCells = ({ offers, histories, groups, egressPrices }: Period): readonly BoundCell[] => {
  const cells = new Map<string, { offers: number[]; groups: BoundCell['groups'] }>();
  for (const [index, offer] of offers.entries()) {
    if (histories[index]!.openNodes.every((nodes) => nodes === 0)) continue;
    // The size of the node is the packing rows' business: only what kind of node it is counts here.
    const roomy = {
      ...offer,
      shape: {
        ...offer.shape,
        gpuCount: 64,
        vcpus: 64 * offer.shape.vcpus,
        memoryMiB: 64 * offer.shape.memoryMiB,
      },
    };
    const users = groups.flatMap((group, number) =>
      mayServe(group, roomy)
        ? [
            {
              group: number,
              egressMicroUsdPerHour: egressMicroUsdPerContainerHour(group, offer, egressPrices),
            },
          ]
        : [],
    );
    if (users.length === 0) continue;
    const key = users.map((user) => `${user.group}:${user.egressMicroUsdPerHour}`).join();
    const cell = cells.get(key) ?? { offers: [], groups: users };
    cell.offers.push(index);
    cells.set(key, cell);
  }
  return [...cells.values()];
};
