import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from '@slipway/kernel';
import { withReading } from '../store/with-reading.js';
import { packRows } from './packed-rows.js';
import { recordFromStores } from './record-from-stores.js';
import type { RecordingAsk } from './recording-ask.js';

const ask = workerData as RecordingAsk;
const recorded = await withReading(ask.databaseUrl, (pool) => recordFromStores(pool, ask));
parentPort?.postMessage(isRefusal(recorded) ? recorded : packRows(recorded));
