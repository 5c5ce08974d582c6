import type { SqlPool } from '@slipway/event-store';
import { readDictContents, type ContentsWanted, type DictContent } from './dict-contents.js';
import { DictEntries } from './dict-entries.js';
import { StateObjects } from './state-objects.js';

/** Dicts: their names and their entries. */
export class Dicts {
  readonly objects: StateObjects;
  readonly entries: DictEntries;

  constructor(private readonly pool: SqlPool) {
    this.objects = new StateObjects(pool, 'dict');
    this.entries = new DictEntries(pool);
  }

  contents(wanted: ContentsWanted): AsyncIterable<DictContent> {
    return readDictContents(this.pool, wanted);
  }
}
