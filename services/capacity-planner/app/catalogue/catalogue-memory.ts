import { createHash } from 'node:crypto';
import { emptyCatalogue, keptOf, type Catalogue } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { CatalogueRead, ReadCatalogueStore } from '../store/read-catalogue-store.js';
import { UnreadableError } from '../store/unreadable-error.js';
import type { LastKnown } from './last-known-offers.js';

/** The catalogue before the first that a process reads: days of a price that jumped count on, however often processes start. */
export interface CatalogueMemory {
  last(): Promise<Catalogue>;
  remember(catalogue: Catalogue): Promise<void>;
}

/** Where nothing is kept: all prices are new. */
export const remembersNothing: CatalogueMemory = {
  last: () => Promise.resolve(emptyCatalogue),
  remember: () => Promise.resolve(),
};

/** Keeps each catalogue that differs from the one before. What could not be kept now is kept with the next reading. */
export class StoredCatalogueMemory implements CatalogueMemory {
  private kept: string | undefined;

  constructor(
    private readonly source: CatalogueRead,
    private readonly store: Pick<ReadCatalogueStore, 'find' | 'save'>,
    /** Where this source was never read before, or nobody can read what is kept of it. */
    private readonly otherwise: LastKnown,
    private readonly now: () => Instant,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  async last(): Promise<Catalogue> {
    return (await this.find()) ?? (await this.otherwise());
  }

  private async find(): Promise<Catalogue | undefined> {
    try {
      return await this.store.find(this.source);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.logger.warn(
        { err: error, source: this.source },
        'what the catalogue last said cannot be read: what was last planned with counts as known, and sightings of prices that jumped begin anew',
      );
      return undefined;
    }
  }

  async remember(catalogue: Catalogue): Promise<void> {
    const digest = createHash('sha256')
      .update(JSON.stringify(keptOf(catalogue)))
      .digest('hex');
    if (digest === this.kept) return;
    try {
      await this.store.save(this.source, catalogue, this.now());
      this.kept = digest;
    } catch (error) {
      this.logger.warn({ err: error, source: this.source }, 'what the catalogue says is not kept yet');
    }
  }
}
