import type { AppId, ClassId, CreateApp, FunctionId, PublishApp } from '@slipway/contracts';

export type AppCreated = { type: 'app-created'; data: CreateApp };
export type AppPublished = { type: 'app-published'; data: PublishApp & { version: number } };
export type ClassCreated = {
  type: 'class-created';
  data: { appId: AppId; classId: ClassId; tag: string; functionId: FunctionId };
};
export type AppStopRequested = { type: 'app-stop-requested'; data: { appId: AppId; reason: string } };
export type AppStopped = { type: 'app-stopped'; data: { appId: AppId; reason: string } };

export type AppEvent = AppCreated | AppPublished | ClassCreated | AppStopRequested | AppStopped;
