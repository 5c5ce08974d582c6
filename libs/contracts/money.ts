import type { AppId, CallId, FunctionId, TaskId, VolumeId, WorkspaceId } from './ids.js';

/** US dollars as a decimal text with six places, `12.345678`: exact, and never a floating-point number. */
export type Usd = string;
/** A calendar month in UTC, `2026-11`. */
export type MonthText = string;

export type PaymentTerms = 'invoiced' | 'prepaid';

/** How a workspace stands. */
export type BalanceView = Readonly<{
  workspaceId: WorkspaceId;
  name: string;
  terms: PaymentTerms;
  month: MonthText;
  /** Used this month, at the prices that the workspace pays. */
  usageUsd: Usd;
  adjustedUsd: Usd;
  /** What credits would pay of it if the month ended now. */
  creditedUsd: Usd;
  prepaidUsedUsd: Usd;
  dueUsd: Usd;
  /** Left of all grants that are valid now, before this month's use is taken from them. */
  creditsLeftUsd: Usd;
  prepaidLeftUsd: Usd;
  /** Invoiced and not paid. */
  unpaidUsd: Usd;
}>;

export type AskCosts = Readonly<{
  workspaceId: WorkspaceId;
  /** Inclusive and exclusive; usage counts for the hour in which it began. */
  fromMs: number;
  toMs: number;
  /** A month such as `2026-11`: what is billed in it, whenever it was used. Late usage is billed in a later month than its own. With `resolution: 'all'`; `fromMs` and `toMs` leave nothing out then. */
  billedIn?: string;
  /** How time is cut, in UTC; `all`: not at all. */
  resolution: 'hour' | 'day' | 'all';
  per: 'app' | 'function' | 'environment' | 'workspace';
  environments?: readonly string[];
  appIds?: readonly AppId[];
  functionIds?: readonly FunctionId[];
  /** Whoever asks goes on from `nextFromMs`. Others are refused what one answer does not hold. */
  isPaged?: true;
}>;

/** What something cost in an interval. */
export type CostRow = Readonly<{
  fromMs: number;
  environment?: string;
  /** An app, a function or a volume. */
  objectId?: string;
  name?: string;
  appId?: AppId;
  tags: Readonly<Record<string, string>>;
  listUsd: Usd;
  billedUsd: Usd;
  bySku: readonly Readonly<{ sku: string; name: string; billedUsd: Usd }>[];
}>;

/** Rows in the order of time, as many as one answer holds. */
export type CostPage = Readonly<{
  rows: readonly CostRow[];
  /** There is more: ask again from here on. */
  nextFromMs?: number;
}>;

export type LedgerEntryView = Readonly<{
  number: number;
  entryId: string;
  kind: string;
  atMs: number;
  memo: string;
  postings: readonly Readonly<{ account: string; amountUsd: Usd; chargeId?: string }>[];
  /** The usage facts behind it, by the order in which they were taken. */
  usage: readonly string[];
}>;

export type GrantView = Readonly<{
  grantId: string;
  amountUsd: Usd;
  leftUsd: Usd;
  startsAtMs: number;
  expiresAtMs?: number;
  lapsed: boolean;
  reason: string;
}>;

export type BudgetView = Readonly<{
  budgetId: string;
  environment?: string;
  kind: 'soft' | 'hard';
  limitUsd: Usd;
  spentUsd: Usd;
  /** Set aside for containers that run. */
  heldUsd: Usd;
  webhookUrl?: string;
  setBy: string;
  setAtMs: number;
}>;

export type RateCardView = Readonly<{
  cardId: string;
  currency: string;
  effectiveFromMs: number;
  effectiveToMs?: number;
  /** US dollars per unit. */
  rates: readonly Readonly<{ sku: string; name: string; unit: string; usdPerUnit: string }>[];
  /** Ratios, `5/4`. */
  regions: Readonly<Record<string, string>>;
  nonPreemptible: string;
}>;

export type InvoiceView = Readonly<{
  invoiceNumber: string;
  month: MonthText;
  issuedAtMs: number;
  billedTo: string;
  usageUsd: Usd;
  adjustedUsd: Usd;
  creditedUsd: Usd;
  prepaidUsd: Usd;
  dueUsd: Usd;
}>;

export type InvoiceLineView = Readonly<{
  day: string;
  environment: string;
  objectId: string;
  name: string;
  correction: boolean;
  listUsd: Usd;
  billedUsd: Usd;
  bySku: readonly Readonly<{ sku: string; name: string; billedUsd: Usd }>[];
}>;

export type InvoiceDocument = InvoiceView &
  Readonly<{
    lines: readonly InvoiceLineView[];
    adjustments: readonly Readonly<{ atMs: number; reason: string; amountUsd: Usd }>[];
    credits: readonly Readonly<{ reason: string; usedUsd: Usd }>[];
  }>;

/** One step of what something cost: so much of a thing, at that price, made that amount. */
export type CostStep = Readonly<{
  sku: string;
  name: string;
  /** Decimal, in `unit`. */
  quantity: string;
  unit: string;
  listUsdPerUnit: string;
  cardId: string;
  /** Ratios that multiply the card's rate; left out where they are 1. */
  region?: string;
  nonPreemptible?: string;
  discount?: string;
  /** To the billionth: a single call is not rounded to what is booked. */
  usd: string;
}>;

export type CallCost = Readonly<{
  callId: CallId;
  usd: string;
  /** The part of the containers' time in which they had an input of the call in hand, shared with the others in hand. */
  steps: readonly CostStep[];
  /** The containers that it ran in: the first 1,000 of them, */
  taskIds: readonly TaskId[];
  /** of so many. */
  tasks: number;
  /** Whether a container that it ran in is still there, so that more may come. */
  final: boolean;
}>;

/** What a container can use at most. */
export type SpendCeiling = Readonly<{
  milliCpu: number;
  memoryMiB: number;
  diskMiB: number;
  gpus: readonly Readonly<{ type: string; count: number }>[];
}>;

/** Money to be set aside for a container from `fromMs` to `untilMs`, before it starts or goes on. */
export type AskHold = Readonly<{
  holdId: TaskId;
  workspaceId: WorkspaceId;
  environment: string;
  ceiling: SpendCeiling;
  fromMs: number;
  untilMs: number;
}>;

export type HoldVerdict = Readonly<{ holdId: TaskId }> &
  Readonly<{ verdict: 'held' } | { verdict: 'waiting' | 'refused'; message: string }>;

/** Somewhere where starts need money set aside; without an environment: everywhere in the workspace. */
export type SpendCap = Readonly<{ workspaceId: WorkspaceId; environment?: string }>;

/** Used, and not priced: the operator's page of anomalies shows it. */
export type UnpricedUsage = Readonly<{
  sku: string;
  source: TaskId | VolumeId;
  workspaceId: WorkspaceId;
  atMs: number;
}>;

/** The spend caps may be others now. */
export const SPEND_CAPS_CHANGED = 'signals.spend-caps-changed';
