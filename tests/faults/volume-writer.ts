// A process of its own, to be killed: carries out the workload of a seed, and says each commit that was acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import { createBlobStore } from '@slipway/blob-store-core';
import { isDatabaseAway } from '@slipway/event-store';
import type * as Disk from '../../services/blob-store/app/objects-on-disk/disk-object-store.js';
import type * as Records from '../../services/blob-store/app/records/open-records.js';
import { carryOut, storeOf } from './volume-store.ts';
import { workloadOf } from './volume-workload.ts';

const [databaseUrl = '', folder = '', workspaceId = '', volumeId = '', seed = ''] = process.argv.slice(2);
const built = new URL('../../services/blob-store/app/dist/', import.meta.url).href;
const { openRecords } = (await import(`${built}records/open-records.js`)) as typeof Records;
const { DiskObjectStore } = (await import(`${built}objects-on-disk/disk-object-store.js`)) as typeof Disk;

/** Starts anew while the database does, as a service does by its supervisor. */
const openWhenUp = async (): Promise<Records.OpenedRecords> => {
  for (;;) {
    try {
      return await openRecords(databaseUrl);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await pause(50);
    }
  }
};

const opened = await openWhenUp();
const store = storeOf({ createBlobStore, DiskObjectStore, opened, folder });
process.stdout.write('ready\n');
for (const step of workloadOf(Number(seed)))
  process.stdout.write(`${await carryOut(store, { workspaceId, volumeId }, step)}\n`);
process.exit(0);
