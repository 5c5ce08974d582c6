import type { VolumeId, VolumeSize } from '@slipway/contracts';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { JustTaken } from '../../metering/just-taken.js';
import { UsageIntake } from '../../metering/usage-intake.js';
import { openStore, type BillingStore } from '../../store/open-store.js';
import { readFactsOf } from '../../store/taken-usage.js';
import { measureVolumes, type MeasureVolumesPorts } from './measure-volumes.js';

const HOUR_MS = 3_600_000;
const FIRST_HOUR = Math.floor(Date.UTC(2026, 10, 1) / HOUR_MS);
const VOLUMES = 1_200;

describe('the measuring of volumes', () => {
  let store: BillingStore;
  let storedBytes = 10;

  overPostgres(openStore, (opened) => (store = opened));

  const volumes = (): readonly VolumeSize[] =>
    Array.from({ length: VOLUMES }, (_, index) => ({
      volumeId: `vo-${String(index).padStart(5, '0')}`,
      workspaceId: `ws-${index % 3}`,
      environment: 'main',
      name: `volume ${index}`,
      createdAtMs: FIRST_HOUR * HOUR_MS,
      storedBytes,
    }));
  const ports = (): MeasureVolumesPorts => ({
    pool: store.pool,
    intake: new UsageIntake(store.pool, () => (FIRST_HOUR + 24) * HOUR_MS, new JustTaken()),
    sizesAfter: async (after: VolumeId = '', limit: number) =>
      volumes()
        .filter(({ volumeId }) => volumeId > after)
        .slice(0, limit),
  });

  test('every volume is measured once an hour, as it was the first time', async () => {
    await measureVolumes(ports(), FIRST_HOUR);
    storedBytes = 20;
    await measureVolumes(ports(), FIRST_HOUR);
    await measureVolumes(ports(), FIRST_HOUR + 1);
    for (const volumeId of ['vo-00000', 'vo-00500', 'vo-01199']) {
      const facts = await readFactsOf(store.pool, volumeId, { after: -1, limit: 10 });
      expect(facts.map((fact) => fact.kind === 'volume' && [fact.sequence, fact.storedBytes])).toEqual([
        [0, 10],
        [1, 20],
      ]);
    }
    const { rows } = await store.pool.query({ text: 'select 1 from billing.usage_anomalies' });
    expect(rows).toEqual([]);
  });
});
