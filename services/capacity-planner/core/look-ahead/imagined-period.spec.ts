import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import { prepare } from '../model/prepare.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { imaginedPeriod } from './imagined-period.js';

const AT = 1_767_225_600_000;
const STEP_MS = 900_000;
const group = plainGroup('g', 1);
const preparedFor = (offer: Offer, groups: readonly DemandGroup[] = [group]) =>
  prepare({
    ...{ at: AT, offers: [offer], quotas: [], commitments: [], groups, policy: defaultPolicy },
    fleet: { seenAt: AT, holdings: [], running: [], nodes: [] },
    forecast: {
      ...{ madeAt: AT, pooledErrors: [] },
      groups: groups.map(({ groupId }) => ({
        groupId,
        periods: defaultPolicy.horizon.periodsMs.map(() => ({ expectedContainers: 1, quantiles: [] })),
      })),
    },
  });
const imagined = (offer: Offer, cap: number) =>
  imaginedPeriod(preparedFor(offer), [{ offer, cap }], { stepMs: STEP_MS, paths: [[[1, 1, 1, 1]]] }, 0);

describe('a future as the simulator runs it', () => {
  test('has all that a plan may start, and no more than is known to be there', () => {
    const [history] = imagined(plainOffer('o', 1, 3), 40).histories;
    expect(history!.openNodes).toEqual([40, 40, 40, 40]);
    const known = plainOffer('o', 1, 3, {
      behaviour: { ...plainOffer('o', 1, 3).behaviour, availableNodes: 3 },
    });
    expect(imagined(known, 40).histories[0]!.openNodes).toEqual([3, 3, 3, 3]);
  });

  test('has a dated block until its window ends', () => {
    const block = plainOffer('o', 1, 3, { window: { startsAt: AT, endsAt: AT + 2 * STEP_MS } });
    const [history] = imagined(block, 2).histories;
    expect(history!.openNodes).toEqual([2, 2, 0, 0]);
    expect(history!.lostShare).toEqual([0, 0, 1, 1]);
  });

  test('prices a wait as the plan does, whichever offers are rehearsed', () => {
    const small = plainGroup('small', 0, {
      gpuTypes: ['CPU'],
      vcpusPerContainer: 0.125,
      memoryMiBPerContainer: 128,
    });
    const node = plainOffer('c', 0, 0.4, {
      shape: { ...plainOffer('c', 1, 1).shape, gpuType: 'CPU', gpuCount: 0, vcpus: 8, memoryMiB: 32_768 },
    });
    const prepared = preparedFor(node, [small]);
    const { usualMicroUsdPerHour, waitPrices } = imaginedPeriod(
      prepared,
      [],
      { stepMs: STEP_MS, paths: [[[1]]] },
      0,
    );
    const { lateness } = waitPrices;
    expect(usualMicroUsdPerHour![0]! * lateness.interactive).toBeCloseTo(
      prepared.groups[0]!.prices.lateMicroUsdPerHour,
      -1,
    );
  });
});
