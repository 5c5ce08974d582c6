import { Controller, Inject } from '@nestjs/common';
import { SPEND_CAPS_CHANGED, type AnswerOf, type AskOf } from '@slipway/contracts';
import { Answers, type Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { deleteBudget, deleteBudgets, listBudgets, setWorkspaceBudget } from './budgets/budgets.js';
import { moveEnvironment } from './budgets/move-environment.js';
import { holdSpend, listSpendCaps } from './holds/hold-spend.js';
import { listNotices } from './notices/list-notices.js';
import { dropHolds, endHolds, listHolds } from './store/hold-rows.js';
import type { BillingStore } from './store/open-store.js';
import { STORE } from './tokens.js';

/** Budgets, and the money that is set aside under them. */
@Controller()
export class BudgetsController {
  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(BUS) private readonly bus: Bus,
  ) {}

  @Answers('billing.list-budgets')
  async budgets({ workspaceId }: AskOf<'billing.list-budgets'>): Promise<AnswerOf<'billing.list-budgets'>> {
    return { budgets: await listBudgets(this.store.pool, workspaceId, Date.now()) };
  }

  @Answers('billing.set-budget')
  async set(ask: AskOf<'billing.set-budget'>): Promise<AnswerOf<'billing.set-budget'>> {
    const answer = await setWorkspaceBudget(this.store.pool, ask, Date.now());
    this.bus.signal(SPEND_CAPS_CHANGED);
    return answer;
  }

  @Answers('billing.delete-budget')
  async delete(ask: AskOf<'billing.delete-budget'>): Promise<AnswerOf<'billing.delete-budget'>> {
    const answer = await deleteBudget(this.store.pool, ask);
    this.bus.signal(SPEND_CAPS_CHANGED);
    return answer;
  }

  @Answers('billing.move-environment')
  async move(ask: AskOf<'billing.move-environment'>): Promise<AnswerOf<'billing.move-environment'>> {
    await moveEnvironment(this.store.pool, ask);
    this.bus.signal(SPEND_CAPS_CHANGED);
    return {};
  }

  @Answers('billing.delete-budgets')
  async deleteAll(ask: AskOf<'billing.delete-budgets'>): Promise<AnswerOf<'billing.delete-budgets'>> {
    await deleteBudgets(this.store.pool, ask);
    this.bus.signal(SPEND_CAPS_CHANGED);
    return {};
  }

  @Answers('billing.list-notices')
  async notices(ask: AskOf<'billing.list-notices'>): Promise<AnswerOf<'billing.list-notices'>> {
    return { notices: await listNotices(this.store.pool, ask) };
  }

  @Answers('billing.list-spend-caps')
  async caps(_ask: AskOf<'billing.list-spend-caps'>): Promise<AnswerOf<'billing.list-spend-caps'>> {
    return { caps: await listSpendCaps(this.store.pool) };
  }

  @Answers('billing.hold-spend')
  async hold(ask: AskOf<'billing.hold-spend'>): Promise<AnswerOf<'billing.hold-spend'>> {
    return { verdicts: await holdSpend(this.store.pool, ask, () => Date.now()) };
  }

  @Answers('billing.list-holds')
  async holds(ask: AskOf<'billing.list-holds'>): Promise<AnswerOf<'billing.list-holds'>> {
    return { holdIds: await listHolds(this.store.pool, ask) };
  }

  @Answers('billing.release-spend')
  async release({
    holdIds,
    unused,
  }: AskOf<'billing.release-spend'>): Promise<AnswerOf<'billing.release-spend'>> {
    await endHolds(this.store.pool, holdIds, Date.now());
    await dropHolds(this.store.pool, unused);
    return {};
  }
}
