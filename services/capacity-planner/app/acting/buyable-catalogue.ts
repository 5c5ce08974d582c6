import { createHash } from 'node:crypto';
import {
  faultText,
  fleetOfHosts,
  keepUnread,
  offersOfHeld,
  outagesOfHosts,
  outagesPerHour,
  refreshCatalogue,
  withLessons,
  withOutages,
  type Catalogue,
  type CloudVendor,
  type Offer,
  type OfferId,
  type Refusals,
} from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { CatalogueSource, CatalogueView } from '../catalogue/catalogue-view.js';
import { remembersNothing, type CatalogueMemory } from '../catalogue/catalogue-memory.js';
import type { LastKnown } from '../catalogue/last-known-offers.js';
import { answerWithin } from './answer-within.js';
import type { HostLedger } from './host-ledger.js';

const READ_AGAIN_MS = 30_000;
/** Where none of them answers: whoever reads would wait each time. */
const SILENT_AGAIN_MS = 5_000;

/**
 * What can really be bought: offers of the vendors that we may ask, from files and from what the vendors themselves list now,
 * with what our own starts and losses taught of them; and the offers of hosts that we hold, though nobody lists them any more.
 */
export class BuyableCatalogue implements CatalogueSource {
  private listed: Catalogue | undefined;
  private faults: CatalogueView['rejected'] = [];
  private readAt = 0;
  private asking: Promise<void> | undefined;
  /** Every offer as it was last planned with, also by the process before this one. */
  private lastPlanned: Map<OfferId, Offer> | undefined;

  constructor(
    private readonly files: CatalogueSource,
    private readonly vendors: readonly CloudVendor[],
    private readonly ledger: Pick<HostLedger, 'hosts' | 'lessons'>,
    private readonly now: () => Instant,
    private readonly logger: Logger,
    private readonly lastKnown: LastKnown,
    private readonly memory: CatalogueMemory = remembersNothing,
  ) {}

  async current(refusals: Refusals = 'believed'): Promise<CatalogueView> {
    const written = await this.files.current();
    // Who comes while vendors are asked waits for the same answers.
    if (Math.abs(this.now() - this.readAt) > READ_AGAIN_MS)
      await (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
    const names = new Set(this.vendors.map(({ vendor }) => vendor));
    const known = new Map(
      [...written.offers, ...(this.listed?.offers.values() ?? [])]
        .filter(({ vendor }) => names.has(vendor))
        .map((offer) => [offer.offerId, offer]),
    );
    const at = this.now();
    // No finer than this, lest each moment have a catalogue of its own.
    const perHour = Number(outagesPerHour(outagesOfHosts(this.ledger.hosts, known, at)).toFixed(3));
    const listed = [...known.values()].map((offer) =>
      withOutages(withLessons(offer, this.ledger.lessons, at, refusals), perHour),
    );
    this.lastPlanned ??= new Map((await this.lastKnown()).offers);
    for (const offer of listed) this.lastPlanned.set(offer.offerId, offer);
    const { holdings } = fleetOfHosts(this.ledger.hosts, at);
    const offers = [...listed, ...offersOfHeld(holdings, known, this.lastPlanned)].toSorted((one, other) =>
      one.offerId < other.offerId ? -1 : 1,
    );
    const quotas = [...written.quotas, ...(this.listed?.quotas ?? [])];
    const terms = [...written.terms, ...(this.listed?.terms ?? [])].filter(({ vendor }) => names.has(vendor));
    const version = createHash('sha256').update(JSON.stringify({ offers, quotas, terms })).digest('hex');
    const rejected = [...written.rejected, ...this.faults];
    const doubted = [...written.doubted, ...(this.listed?.quarantined.values() ?? [])];
    return { version, offers, quotas, terms, rejected, doubted, outagesPerHour: perHour };
  }

  /** A vendor that does not answer leaves its own offers as they were: they grow old. */
  private async ask(): Promise<void> {
    const lists = await Promise.all(
      this.vendors.map(async (vendor) => {
        try {
          return await answerWithin(vendor.offers());
        } catch (error) {
          this.logger.warn({ err: error, vendor: vendor.vendor }, 'the vendor did not say what it sells');
          return undefined;
        }
      }),
    );
    const unread = new Set(
      this.vendors.filter((_, index) => lists[index] === undefined).map(({ vendor }) => vendor),
    );
    const at = this.now();
    const isSilent = unread.size === this.vendors.length;
    this.readAt = isSilent ? at - READ_AGAIN_MS + SILENT_AGAIN_MS : at;
    if (isSilent) return;
    const before = this.listed ?? (await this.memory.last());
    const { catalogue, faults } = refreshCatalogue(before, {
      rows: lists.flatMap((rows) => rows ?? []),
      at,
      seen: 'just-now',
    });
    this.listed = keepUnread(catalogue, before, unread);
    await this.memory.remember(this.listed);
    this.faults = faults.map((fault) => ({
      row: `${fault.file}:${fault.line}`,
      rule: fault.field,
      message: faultText(fault),
    }));
  }
}
