import type { BillingRequests } from './requests/billing.js';
import type { CapacityPlannerRequests } from './requests/capacity-planner.js';
import type { BlobStoreRequests } from './requests/blob-store.js';
import type { ExportRequests } from './requests/exports.js';
import type { GatewayRequests } from './requests/gateway.js';
import type { ImageBuilderRequests } from './requests/image-builder.js';
import type { MoneyRequests } from './requests/money.js';
import type { SchedulerRequests } from './requests/scheduler.js';
import type { WorkerRequests } from './requests/worker.js';

/** Every request that crosses a service: its name (`<service>.<verb-noun>`, the subject on the bus), what is asked and what is answered. */
export interface Requests
  extends
    SchedulerRequests,
    ImageBuilderRequests,
    BlobStoreRequests,
    BillingRequests,
    CapacityPlannerRequests,
    ExportRequests,
    GatewayRequests,
    MoneyRequests,
    WorkerRequests {}

export type RequestName = keyof Requests;
export type AskOf<Name extends RequestName> = Requests[Name]['ask'];
export type AnswerOf<Name extends RequestName> = Requests[Name]['answer'];
