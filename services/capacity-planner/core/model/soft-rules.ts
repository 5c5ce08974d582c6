import { CPU_ONLY } from '../catalogue/offer.js';
import { pinRules } from './pin-rules.js';
import type { Prepared, Unit } from './prepared.js';
import type { SoftRule } from './soft-rule.js';

/** A change above the allowed number must be worth so many hours of the dearest node. */
const CHANGE_SLACK_HOURS = 10;

export const softRules = (prepared: Prepared): SoftRule[] => [
  ...marketRules(prepared),
  ...shareRules(prepared),
  ...changeRules(prepared),
  ...pinRules(prepared),
];

const marketRules = ({ markets, periods, units }: Prepared): SoftRule[] =>
  markets.flatMap((market) =>
    periods.map(({ hours }, periodIndex) => ({
      name: 'market-share' as const,
      subject: market.name,
      periodIndex,
      unit: 'gpus' as const,
      limit: market.limit[periodIndex] ?? 0,
      microUsdPerUnit: Math.round(market.slackMicroUsdPerHour * hours),
      terms: market.units.map((unit) => nodesTerm(units[unit]!, units[unit]!.slots)),
    })),
  );

const shareRules = ({ problem, periods, units, reference }: Prepared): SoftRule[] => {
  const { maxVendorShare, minNonSpotShare } = problem.policy.guardrails;
  const counted = units.filter(({ offer }) => offer.shape.gpuType !== CPU_ONLY);
  const price = Math.max(0, ...reference.values());
  const vendors = [...new Set(counted.map(({ offer }) => offer.vendor))].toSorted();
  return periods.flatMap(({ hours }, periodIndex) => {
    const shared = {
      periodIndex,
      unit: 'gpus' as const,
      limit: 0,
      microUsdPerUnit: Math.round(price * hours),
    };
    const ofVendors =
      maxVendorShare === undefined
        ? []
        : vendors.map((vendor) => ({
            ...shared,
            name: 'vendor-share' as const,
            subject: vendor,
            terms: counted.map((unit) =>
              nodesTerm(unit, unit.slots * ((unit.offer.vendor === vendor ? 1 : 0) - maxVendorShare)),
            ),
          }));
    const nonSpot =
      minNonSpotShare === undefined
        ? []
        : [
            {
              ...shared,
              name: 'non-spot-share' as const,
              subject: '',
              terms: counted.map((unit) =>
                nodesTerm(unit, unit.slots * (minNonSpotShare - (unit.offer.purchase === 'spot' ? 0 : 1))),
              ),
            },
          ];
    return [...ofVendors, ...nonSpot];
  });
};

const changeRules = ({ problem, units }: Prepared): SoftRule[] => {
  const { maxStartsPerCycle, maxStopsPerCycle, maxChangesPerVendorAndCycle } = problem.policy.guardrails;
  const dearest = units.reduce((most, { prices }) => Math.max(most, prices.listMicroUsdPerHour), 0);
  const shared = {
    periodIndex: 0,
    unit: 'nodes' as const,
    microUsdPerUnit: Math.round(dearest * CHANGE_SLACK_HOURS),
  };
  const all = (within: readonly Unit[], of: 'starts' | 'stops'): SoftRule['terms'] =>
    within.map(({ index }) => ({ unit: index, of, coefficient: 1 }));
  const rules: SoftRule[] = [];
  if (maxStartsPerCycle !== undefined)
    rules.push({
      ...shared,
      name: 'starts-per-cycle',
      subject: '',
      limit: maxStartsPerCycle,
      terms: all(units, 'starts'),
    });
  if (maxStopsPerCycle !== undefined)
    rules.push({
      ...shared,
      name: 'stops-per-cycle',
      subject: '',
      limit: maxStopsPerCycle,
      terms: all(units, 'stops'),
    });
  if (maxChangesPerVendorAndCycle !== undefined)
    for (const vendor of [...new Set(units.map(({ offer }) => offer.vendor))].toSorted()) {
      const within = units.filter(({ offer }) => offer.vendor === vendor);
      rules.push({
        ...shared,
        name: 'vendor-changes-per-cycle',
        subject: vendor,
        limit: maxChangesPerVendorAndCycle,
        terms: [...all(within, 'starts'), ...all(within, 'stops')],
      });
    }
  return rules;
};

const nodesTerm = (unit: Unit, coefficient: number): SoftRule['terms'][number] => ({
  unit: unit.index,
  of: 'nodes',
  coefficient,
});
