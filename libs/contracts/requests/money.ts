import type { CallId, FunctionId, TaskId, WorkspaceId } from '../ids.js';
import type {
  AskCosts,
  AskHold,
  BalanceView,
  BudgetView,
  CallCost,
  CostPage,
  CostStep,
  GrantView,
  HoldVerdict,
  InvoiceDocument,
  InvoiceView,
  LedgerEntryView,
  MonthText,
  PaymentTerms,
  RateCardView,
  SpendCap,
  SpendCeiling,
  UnpricedUsage,
  Usd,
} from '../money.js';
import type { Ask, Nothing, OfWorkspace } from './ask.js';

type Page = Readonly<{ limit: number }>;

/** What billing is asked of money. Whose money it is, the asker has made sure of. */
export interface MoneyRequests {
  'billing.get-balance': Ask<OfWorkspace, BalanceView>;
  /** A month that has begun: refused where it lies ahead. */
  'billing.sum-month': Ask<OfWorkspace & Readonly<{ month: MonthText }>, BalanceView>;
  'billing.list-costs': Ask<AskCosts, CostPage>;
  'billing.list-entries': Ask<
    OfWorkspace & Page & Readonly<{ /** The newest first, older than this one. */ before?: number }>,
    Readonly<{ entries: readonly LedgerEntryView[] }>
  >;
  'billing.list-invoices': Ask<OfWorkspace, Readonly<{ invoices: readonly InvoiceView[] }>>;
  'billing.get-invoice': Ask<OfWorkspace & Readonly<{ invoiceNumber: string }>, InvoiceDocument>;
  /** A page for people, which a browser prints or saves as PDF. */
  'billing.print-invoice': Ask<OfWorkspace & Readonly<{ invoiceNumber: string }>, Readonly<{ html: string }>>;
  'billing.list-budgets': Ask<OfWorkspace, Readonly<{ budgets: readonly BudgetView[] }>>;
  /** There is one of each kind for a workspace and for each environment: setting it again replaces it. */
  'billing.set-budget': Ask<
    OfWorkspace &
      Readonly<{
        environment?: string;
        kind: 'soft' | 'hard';
        limitUsd: string;
        webhookUrl?: string;
        setBy: string;
      }>,
    Readonly<{
      budget: BudgetView;
      /** What webhooks are signed with; told this once. */ webhookSecret?: string;
    }>
  >;
  'billing.delete-budget': Ask<OfWorkspace & Readonly<{ budgetId: string }>, Nothing>;
  /** The budgets of an environment, with what is spent of them, are those of another name from now on. What was charged stays. */
  'billing.move-environment': Ask<OfWorkspace & Readonly<{ environment: string; to: string }>, Nothing>;
  /** Takes all budgets of an environment away. */
  'billing.delete-budgets': Ask<OfWorkspace & Readonly<{ environment: string }>, Nothing>;
  'billing.list-notices': Ask<
    OfWorkspace & Page,
    Readonly<{
      notices: readonly Readonly<{
        noticeId: string;
        type: string;
        atMs: number;
        data: unknown;
        deliveredAtMs?: number;
        lastError?: string;
      }>[];
    }>
  >;
  'billing.list-grants': Ask<OfWorkspace, Readonly<{ grants: readonly GrantView[] }>>;
  /** `grantId` names it: giving it twice is giving it once. */
  'billing.give-grant': Ask<
    OfWorkspace &
      Readonly<{
        grantId: string;
        amountUsd: string;
        reason: string;
        startsAtMs?: number;
        expiresAtMs?: number;
      }>,
    GrantView
  >;
  'billing.set-account': Ask<
    OfWorkspace & Readonly<{ name?: string; terms?: PaymentTerms; monthlyCreditUsd?: string }>,
    BalanceView
  >;
  'billing.record-payment': Ask<
    OfWorkspace &
      Readonly<{ entryId: string; what: 'paid-ahead' | 'invoice-paid'; amountUsd: string; memo: string }>,
    BalanceView
  >;
  'billing.correct-charge': Ask<
    OfWorkspace & Readonly<{ entryId: string; amountUsd: string; reason: string; chargeId?: string }>,
    BalanceView
  >;
  'billing.list-rate-cards': Ask<Nothing, Readonly<{ cards: readonly RateCardView[] }>>;
  /** The card in force, with the workspace's own discount in its rates. */
  'billing.get-rates': Ask<OfWorkspace, RateCardView>;
  'billing.publish-rate-card': Ask<
    Readonly<{
      cardId: string;
      currency: string;
      effectiveFromMs: number;
      effectiveToMs?: number;
      rates: Readonly<Record<string, string>>;
      regions?: Readonly<Record<string, string>>;
      nonPreemptible?: string;
    }>,
    RateCardView
  >;
  'billing.give-discount': Ask<
    OfWorkspace &
      Readonly<{
        discountId: string;
        share: string;
        skus?: readonly string[];
        fromMs: number;
        toMs?: number;
      }>,
    Nothing
  >;
  /** What so many seconds of a container would cost. */
  'billing.quote': Ask<
    OfWorkspace & Readonly<{ ceiling: SpendCeiling; seconds: string; region?: string; preemptible: boolean }>,
    Readonly<{ usd: string; steps: readonly CostStep[] }>
  >;
  /** How long inputs of a function were in hand of late, as far as usage says. */
  'billing.function-history': Ask<
    OfWorkspace & Readonly<{ functionId: FunctionId }>,
    Readonly<{ inputs: number; meanSeconds?: string; meanUsd?: string }>
  >;
  'billing.get-call-cost': Ask<OfWorkspace & Readonly<{ callId: CallId }>, CallCost>;
  /** The sum of all accounts, which is zero, and of each. Of the whole platform. */
  'billing.get-trial-balance': Ask<
    Nothing,
    Readonly<{ sumUsd: Usd; accounts: readonly Readonly<{ account: string; amountUsd: Usd }>[] }>
  >;
  /** Issues the invoices of a month that is over, of those workspaces that have none. */
  'billing.close-month': Ask<Readonly<{ month: MonthText }>, Readonly<{ invoices: number }>>;
  'billing.list-unpriced-usage': Ask<Page, Readonly<{ usage: readonly UnpricedUsage[] }>>;

  /** Where starts need money set aside. */
  'billing.list-spend-caps': Ask<Nothing, Readonly<{ caps: readonly SpendCap[] }>>;
  /** Sets money aside, or has it last longer; asking twice is asking once. */
  'billing.hold-spend': Ask<
    Readonly<{ /** Of the scheduler that asks. */ shard: string; holds: readonly AskHold[] }>,
    Readonly<{ verdicts: readonly HoldVerdict[] }>
  >;
  /** What a shard asked for and was not told to be gone, in the order of the ids. */
  'billing.list-holds': Ask<
    Page & Readonly<{ shard: string; after?: TaskId }>,
    Readonly<{ holdIds: readonly TaskId[] }>
  >;
  /** These containers are gone, and what they used is still to come: it is held for a while. `unused`: for these none was started. */
  'billing.release-spend': Ask<Readonly<{ holdIds: readonly TaskId[]; unused: readonly TaskId[] }>, Nothing>;
  /** Of all workspaces, for who runs the platform. */
  'billing.list-accounts': Ask<Nothing, Readonly<{ workspaceIds: readonly WorkspaceId[] }>>;
}
