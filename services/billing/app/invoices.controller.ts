import { Controller, Inject } from '@nestjs/common';
import type { Invoice } from '@slipway/billing-core';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse } from '@slipway/kernel';
import { deny } from './deny.js';
import { Answers } from '@slipway/messaging';
import { closeMonths } from './invoices/close-months.js';
import { invoiceDocument, invoiceView } from './invoices/invoice-view.js';
import { printInvoice } from './invoices/print-invoice.js';
import { giveWorkspaceDiscount, listCards, publishCard, workspaceRates } from './rates/rate-cards.js';
import { readInvoices } from './store/invoice-rows.js';
import type { BillingStore } from './store/open-store.js';
import { STORE } from './tokens.js';

/** Invoices, and the rates that they follow from. */
@Controller()
export class InvoicesController {
  constructor(@Inject(STORE) private readonly store: BillingStore) {}

  @Answers('billing.list-invoices')
  async list({ workspaceId }: AskOf<'billing.list-invoices'>): Promise<AnswerOf<'billing.list-invoices'>> {
    return { invoices: (await readInvoices(this.store.pool, workspaceId)).map(invoiceView) };
  }

  @Answers('billing.get-invoice')
  async get(ask: AskOf<'billing.get-invoice'>): Promise<AnswerOf<'billing.get-invoice'>> {
    return invoiceDocument(await this.find(ask));
  }

  @Answers('billing.print-invoice')
  async print(ask: AskOf<'billing.print-invoice'>): Promise<AnswerOf<'billing.print-invoice'>> {
    return { html: printInvoice(await this.find(ask)) };
  }

  @Answers('billing.close-month')
  async close({ month }: AskOf<'billing.close-month'>): Promise<AnswerOf<'billing.close-month'>> {
    return { invoices: await closeMonths(this.store.pool, month, Date.now()) };
  }

  @Answers('billing.list-rate-cards')
  async cards(_ask: AskOf<'billing.list-rate-cards'>): Promise<AnswerOf<'billing.list-rate-cards'>> {
    return { cards: await listCards(this.store.pool) };
  }

  @Answers('billing.get-rates')
  rates({ workspaceId }: AskOf<'billing.get-rates'>): Promise<AnswerOf<'billing.get-rates'>> {
    return workspaceRates(this.store.pool, workspaceId, Date.now());
  }

  @Answers('billing.publish-rate-card')
  publish(ask: AskOf<'billing.publish-rate-card'>): Promise<AnswerOf<'billing.publish-rate-card'>> {
    return publishCard(this.store.pool, ask, Date.now());
  }

  @Answers('billing.give-discount')
  discount(ask: AskOf<'billing.give-discount'>): Promise<AnswerOf<'billing.give-discount'>> {
    return giveWorkspaceDiscount(this.store.pool, ask, Date.now());
  }

  private async find({ workspaceId, invoiceNumber }: AskOf<'billing.get-invoice'>): Promise<Invoice> {
    const found = (await readInvoices(this.store.pool, workspaceId)).find(
      (invoice) => invoice.invoiceNumber === invoiceNumber,
    );
    return (
      found ??
      deny(refuse('not-found', 'invoice-not-found', `This workspace has no invoice '${invoiceNumber}'.`))
    );
  }
}
