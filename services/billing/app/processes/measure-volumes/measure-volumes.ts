import type { UsageFact, VolumeId, VolumeSize } from '@slipway/contracts';
import { volumeUsage } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import type { UsageIntake } from '../../metering/usage-intake.js';

const PAGE = 500;

export type MeasureVolumesPorts = Readonly<{
  pool: SqlPool;
  intake: Pick<UsageIntake, 'take'>;
  /** Sizes of volumes after one, in the order of their ids. */
  sizesAfter: (after: VolumeId | undefined, limit: number) => Promise<readonly VolumeSize[]>;
}>;

/** Takes down what each volume held in an hour that is over. A volume whose hour was taken before keeps that. */
export const measureVolumes = async (
  { pool, intake, sizesAfter }: MeasureVolumesPorts,
  hour: number,
): Promise<void> => {
  let after: VolumeId | undefined;
  for (;;) {
    const volumes = await sizesAfter(after, PAGE);
    const facts = volumes.flatMap((volume) => volumeUsage(volume, hour) ?? []);
    const taken = await takenBefore(pool, facts);
    await intake.take(facts.filter((_, index) => !taken.has(index)));
    after = volumes.at(-1)?.volumeId;
    if (after === undefined || volumes.length < PAGE) return;
  }
};

/** The places in the list of those that were taken under the same name. */
const takenBefore = async (
  pool: SqlPool,
  facts: readonly (UsageFact & Readonly<{ volumeId: VolumeId }>)[],
): Promise<ReadonlySet<number>> => {
  const { rows } = await pool.query<{ place: string }>({
    name: 'volume-hours-taken',
    text: `select asked.place - 1 as place
           from unnest($1::text[], $2::bigint[]) with ordinality as asked (source, sequence, place)
           join billing.usage_facts f on f.source = asked.source and f.sequence = asked.sequence`,
    values: [facts.map(({ volumeId }) => volumeId), facts.map(({ sequence }) => sequence)],
  });
  return new Set(rows.map(({ place }) => Number(place)));
};
