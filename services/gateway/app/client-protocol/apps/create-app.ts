import type { AppId, AskOf, CreateApp } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { RpcParts } from '../rpc-parts.js';

/** Makes an app; where somebody else has made one of its name meanwhile, that is the app. Its id. */
export const createApp = async (bus: RpcParts['bus'], app: CreateApp): Promise<AppId> => {
  try {
    await bus.request('scheduler.create-app', app);
    return app.appId;
  } catch (error) {
    const { workspaceId, environment, name } = app;
    if (name === undefined || !isNameTaken(error)) throw error;
    return appOfName(bus, { workspaceId, environment, name });
  }
};

const isNameTaken = (error: unknown): boolean =>
  error instanceof RefusedError && error.refusal.code === 'app-name-taken';

const appOfName = async (bus: RpcParts['bus'], wanted: AskOf<'scheduler.find-app'>): Promise<AppId> => {
  const { app } = await bus.request('scheduler.find-app', wanted);
  if (app !== undefined) return app.appId;
  // Who had the name has just ended: the request is tried again.
  throw new RefusedError(refuse('unavailable', 'app-not-ready', `The app '${wanted.name}' is being made.`));
};
