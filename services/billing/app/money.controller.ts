import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import { balanceView } from './balances/balance-view.js';
import { listCosts } from './costs/list-costs.js';
import { callCost } from './explain/call-cost.js';
import { functionHistory } from './explain/function-history.js';
import { quote } from './explain/quote.js';
import { correctCharge, giveCredit, grantView, recordPayment, setAccount } from './ledger/book.js';
import { listEntries } from './ledger/list-entries.js';
import { readTrialBalance } from './ledger/read-trial-balance.js';
import { listUnpricedUsage } from './ledger/list-unpriced-usage.js';
import type { BillingStore } from './store/open-store.js';
import { readGrants } from './store/grant-rows.js';
import { STORE } from './tokens.js';
import { inTransaction } from '@slipway/event-store';

/** What was used, what it cost, and the books. */
@Controller()
export class MoneyController {
  constructor(@Inject(STORE) private readonly store: BillingStore) {}

  @Answers('billing.get-balance')
  balance(ask: AskOf<'billing.get-balance'>): Promise<AnswerOf<'billing.get-balance'>> {
    return inTransaction(this.store.pool, (connection) => balanceView(connection, ask, Date.now()));
  }

  @Answers('billing.sum-month')
  month(ask: AskOf<'billing.sum-month'>): Promise<AnswerOf<'billing.sum-month'>> {
    return inTransaction(this.store.pool, (connection) => balanceView(connection, ask, Date.now()));
  }

  @Answers('billing.list-costs')
  costs(ask: AskOf<'billing.list-costs'>): Promise<AnswerOf<'billing.list-costs'>> {
    return listCosts(this.store.pool, ask);
  }

  @Answers('billing.list-entries')
  async entries(ask: AskOf<'billing.list-entries'>): Promise<AnswerOf<'billing.list-entries'>> {
    return { entries: await listEntries(this.store.pool, ask) };
  }

  @Answers('billing.get-trial-balance')
  trialBalance(_ask: AskOf<'billing.get-trial-balance'>): Promise<AnswerOf<'billing.get-trial-balance'>> {
    return readTrialBalance(this.store.pool);
  }

  @Answers('billing.list-unpriced-usage')
  async unpriced(
    ask: AskOf<'billing.list-unpriced-usage'>,
  ): Promise<AnswerOf<'billing.list-unpriced-usage'>> {
    return { usage: await listUnpricedUsage(this.store.pool, ask.limit) };
  }

  @Answers('billing.list-grants')
  async grants({ workspaceId }: AskOf<'billing.list-grants'>): Promise<AnswerOf<'billing.list-grants'>> {
    return { grants: (await readGrants(this.store.pool, workspaceId)).map(grantView) };
  }

  @Answers('billing.give-grant')
  give(ask: AskOf<'billing.give-grant'>): Promise<AnswerOf<'billing.give-grant'>> {
    return giveCredit(this.store.pool, ask, Date.now());
  }

  @Answers('billing.set-account')
  account(ask: AskOf<'billing.set-account'>): Promise<AnswerOf<'billing.set-account'>> {
    return setAccount(this.store.pool, ask, Date.now());
  }

  @Answers('billing.record-payment')
  payment(ask: AskOf<'billing.record-payment'>): Promise<AnswerOf<'billing.record-payment'>> {
    return recordPayment(this.store.pool, ask, Date.now());
  }

  @Answers('billing.correct-charge')
  correct(ask: AskOf<'billing.correct-charge'>): Promise<AnswerOf<'billing.correct-charge'>> {
    return correctCharge(this.store.pool, ask, Date.now());
  }

  @Answers('billing.quote')
  quote(ask: AskOf<'billing.quote'>): Promise<AnswerOf<'billing.quote'>> {
    return quote(this.store.pool, ask, Date.now());
  }

  @Answers('billing.function-history')
  history(ask: AskOf<'billing.function-history'>): Promise<AnswerOf<'billing.function-history'>> {
    return functionHistory(this.store.pool, ask);
  }

  @Answers('billing.get-call-cost')
  callCost(ask: AskOf<'billing.get-call-cost'>): Promise<AnswerOf<'billing.get-call-cost'>> {
    return callCost(this.store.pool, ask);
  }

  @Answers('billing.list-accounts')
  async accounts(_ask: AskOf<'billing.list-accounts'>): Promise<AnswerOf<'billing.list-accounts'>> {
    const { rows } = await this.store.pool.query<{ workspace_id: string }>({
      text: 'select workspace_id from billing.accounts order by workspace_id',
    });
    return { workspaceIds: rows.map(({ workspace_id }) => workspace_id) };
  }
}
