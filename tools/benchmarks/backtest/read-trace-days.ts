import { isRefusal } from '@slipway/kernel';
import { defaultPolicy, periodOfTrace, type Period } from '@slipway/capacity-planner-core';
import { readCatalogueFile, readTraceFile } from './read-trace-file.ts';
import { publicCatalogue } from './make-period.ts';

export type TraceDays = Readonly<{ periods: readonly Period[]; notes: readonly string[] }>;

/** A trace as periods, one for each seed of what it does not say; the notes tell what that is. Throws where it is no period. */
export const readTraceDays = (
  path: string,
  cataloguePath: string | undefined,
  seeds: readonly number[],
): TraceDays => {
  const { name: fileName, trace, notes } = readTraceFile(path);
  const name = trace.span.name ?? fileName;
  const given = cataloguePath === undefined ? undefined : readCatalogueFile(cataloguePath);
  const ours = given === undefined && trace.offers.length === 0 ? publicCatalogue() : undefined;
  const catalogue = given ?? (ours && { offers: [...ours.offers.values()], quotas: ours.quotas });
  const made = seeds.map((seed) => {
    const period = periodOfTrace({
      ...{ trace, name: seeds.length === 1 ? name : `${name}-${seed}`, supply: 'drawn', seed },
      prices: defaultPolicy,
      ...(catalogue === undefined ? {} : { catalogue }),
    });
    if (isRefusal(period)) throw new Error(`${path}: ${period.message}`);
    return period;
  });
  return {
    periods: made.map(({ period }) => period),
    notes: [
      ...notes,
      ...(given?.notes ?? []),
      ...(ours === undefined
        ? []
        : ['offers: our own catalogue of public prices, for neither the trace nor --catalogue has any']),
      ...(made[0]?.notes ?? []),
    ],
  };
};
