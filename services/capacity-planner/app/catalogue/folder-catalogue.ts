import { createHash } from 'node:crypto';
import { faultText, refreshCatalogue, type Catalogue } from '@slipway/capacity-planner-core';
import type { RejectedOffer } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { CatalogueSource, CatalogueView } from './catalogue-view.js';
import { remembersNothing, type CatalogueMemory } from './catalogue-memory.js';
import { readCatalogueFolder } from './read-catalogue-folder.js';

const READ_AGAIN_MS = 60_000;

/** The catalogue files of a folder, read again every minute; rows that are wrong are named and left out. */
export class FolderCatalogue implements CatalogueSource {
  private catalogue: Catalogue | undefined;
  private view: CatalogueView | undefined;
  private readAt = 0;
  private reading: Promise<CatalogueView> | undefined;

  constructor(
    private readonly folder: string,
    private readonly now: () => Instant,
    private readonly memory: CatalogueMemory = remembersNothing,
  ) {}

  async current(): Promise<CatalogueView> {
    if (this.view !== undefined && Math.abs(this.now() - this.readAt) < READ_AGAIN_MS) return this.view;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<CatalogueView> {
    const { rows, faults } = await readCatalogueFolder(this.folder);
    const at = this.now();
    const read = refreshCatalogue(this.catalogue ?? (await this.memory.last()), { rows, at });
    this.catalogue = read.catalogue;
    await this.memory.remember(read.catalogue);
    this.readAt = at;
    const offers = [...read.catalogue.offers.values()].toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1));
    const { quotas, terms } = read.catalogue;
    const version = createHash('sha256').update(JSON.stringify({ offers, quotas, terms })).digest('hex');
    const rejected = [...faults, ...read.faults].map((fault): RejectedOffer => ({
      row: `${fault.file}:${fault.line}`,
      rule: fault.field,
      message: faultText(fault),
    }));
    this.view = {
      version,
      offers,
      quotas,
      terms,
      rejected,
      doubted: [...read.catalogue.quarantined.values()],
      outagesPerHour: 0,
    };
    return this.view;
  }
}
