import type { Bus } from '@slipway/messaging';
import type { WorkspaceId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { idsOfSandbox } from '../client-protocol/sandboxes/sandbox-ids.js';
import type { Activity } from '../store/activity.js';
import type { Environments } from '../store/environments.js';
import type { Handles } from '../store/handles.js';
import type { Secrets } from '../store/secrets.js';
import type { Dicts } from '../store/state/dicts.js';
import type { Queues } from '../store/state/queues.js';
import { findTask } from '../tasks/find-task.js';

type Parts = Readonly<{
  bus: Bus;
  activity: Activity;
  handles: Handles;
  secrets: Secrets;
  dicts: Dicts;
  queues: Queues;
  environments: Environments;
}>;

/** A moment: dicts, queues and secrets go along when their environment gets another name. */
const REMEMBER_MS = 1_000;
const MOST_REMEMBERED = 10_000;

type Known = Readonly<{ environment: string; untilMs: number }>;

/** In which environment an object is, by its id. */
export class EnvironmentOfObject {
  private readonly known = new Map<string, Known>();

  constructor(private readonly parts: Parts) {}

  /** Undefined where the workspace has no such object, or it is of a kind that is in no environment. */
  async find(workspaceId: WorkspaceId, id: string): Promise<string | undefined> {
    const key = `${workspaceId}/${id}`;
    const known = this.known.get(key);
    if (known !== undefined && known.untilMs > Date.now()) return known.environment;
    try {
      const environment = await this.lookUp(workspaceId, id);
      if (this.known.size >= MOST_REMEMBERED) this.known.clear();
      if (environment !== undefined) this.known.set(key, { environment, untilMs: Date.now() + REMEMBER_MS });
      return environment;
    } catch (error) {
      // Whoever asks for it is told so by the rpc itself.
      if (error instanceof RefusedError && error.refusal.refused === 'not-found') return undefined;
      throw error;
    }
  }

  private async lookUp(workspaceId: WorkspaceId, id: string): Promise<string | undefined> {
    const { bus, handles, secrets, dicts, queues, environments } = this.parts;
    const ofApp = async (appId: string | undefined): Promise<string | undefined> =>
      appId && (await bus.request('scheduler.get-app', { workspaceId, appId })).environment;
    const ofFunction = async (functionId: string): Promise<string | undefined> =>
      (await bus.request('scheduler.get-function', { workspaceId, functionId })).environment;
    switch (id.slice(0, 2)) {
      case 'ap':
        return ofApp(id);
      case 'fu':
        return ofFunction(id);
      case 'sb':
        return ofFunction(idsOfSandbox(id).functionId);
      case 'cs':
        return ofApp((await handles.classes(workspaceId, [id]))[0]?.appId);
      case 'fc':
        return ofFunction((await bus.request('scheduler.get-call', { workspaceId, callId: id })).functionId);
      case 'ta':
        return ofApp((await findTask(this.parts, workspaceId, id)).appId);
      case 'di':
        return (await dicts.objects.get(workspaceId, id)).environment;
      case 'qu':
        return (await queues.objects.get(workspaceId, id)).environment;
      case 'st':
        return (await secrets.get(workspaceId, id)).environment;
      case 'en':
        return (await environments.getById(workspaceId, id)).name;
      case 'vo':
        return (await bus.request('blob-store.get-volume', { workspaceId, volumeId: id })).environment;
      default:
        return undefined;
    }
  }
}
