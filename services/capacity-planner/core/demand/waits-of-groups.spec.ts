import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { waitsOfGroups } from './waits-of-groups.js';

test('a group has the buffer that is for it, and waits at the price of its class', () => {
  const groups = [plainGroup('someone', 2), plainGroup('pinned', 1, { waitClass: 'batch' })];
  const buffers = [
    { gpuType: 'H100', groupIds: ['pinned'], wanted: [0, 3], missing: [0, 0] },
    { gpuType: 'H100', wanted: [0, 5], missing: [0, 0] },
  ];
  const forecast = {
    ...{ madeAt: 0, groups: [] },
    pooledErrors: [{ gpuType: 'H100', quantiles: [{ level: 0.9, gpus: 5 }] }],
  };
  const problem = { offers: [plainOffer('o', 8, 16)], groups, policy: defaultPolicy, forecast };
  const waits = waitsOfGroups(problem, { buffers, service: [] });
  expect(waits.get('someone')).toEqual({
    waitPrices: { lateMicroUsdPerContainerHour: 160_000_000, shortMicroUsdPerContainerHour: 400_000_000 },
    buffer: { gpuType: 'H100', wantedGpus: 5, shortageProbability: 1 - 0.9 },
  });
  expect(waits.get('pinned')).toEqual({
    waitPrices: { lateMicroUsdPerContainerHour: 16_000_000, shortMicroUsdPerContainerHour: 40_000_000 },
    buffer: { gpuType: 'H100', wantedGpus: 3 },
  });
});
