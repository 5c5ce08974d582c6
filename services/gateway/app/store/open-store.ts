import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase } from '@slipway/event-store';
import {
  ClassHandleEntity,
  EnvironmentEntity,
  FunctionHandleEntity,
  SecretEntity,
  TokenEntity,
  WorkspaceEntity,
} from './entities.js';
import { ProxyTokenEntity, WebRouteEntity } from './web-entities.js';
import { CountTimeAway } from './migrations/count-time-away.js';
import { CreateActivity } from './migrations/create-activity.js';
import { CreateAccounts } from './migrations/create-accounts.js';
import { CreateDictsAndQueues } from './migrations/create-dicts-and-queues.js';
import { CreateServerRequests } from './migrations/create-server-requests.js';
import { CreateFunctionActivity } from './migrations/create-function-activity.js';
import { CreateObjects } from './migrations/create-objects.js';
import { IndexActivityByApp } from './migrations/index-activity-by-app.js';
import { IndexActivityByWorkspace } from './migrations/index-activity-by-workspace.js';
import { KeepHandlesByDefinition } from './migrations/keep-handles-by-definition.js';
import { NameClassParameters } from './migrations/name-class-parameters.js';
import { LetSecretsEnd } from './migrations/let-secrets-end.js';
import { NoteUsesOfSecrets } from './migrations/note-uses-of-secrets.js';
import { NameWebSuffixes } from './migrations/name-web-suffixes.js';
import { CreateWebRoutes } from './migrations/create-web-routes.js';

const SCHEMA = 'gateway';

/** Connects to the gateway's schema and brings its tables up to date. */
export const openStore = async (databaseUrl: string): Promise<MikroORM> => {
  const orm = await openDatabase({
    databaseUrl,
    schema: SCHEMA,
    entities: [
      WorkspaceEntity,
      TokenEntity,
      EnvironmentEntity,
      SecretEntity,
      FunctionHandleEntity,
      ClassHandleEntity,
      WebRouteEntity,
      ProxyTokenEntity,
    ],
    migrations: {
      tableName: `${SCHEMA}.migrations`,
      migrationsList: [
        CreateObjects,
        CreateActivity,
        CreateDictsAndQueues,
        KeepHandlesByDefinition,
        CreateWebRoutes,
        CreateAccounts,
        CreateFunctionActivity,
        CreateServerRequests,
        LetSecretsEnd,
        IndexActivityByApp,
        IndexActivityByWorkspace,
        NoteUsesOfSecrets,
        NameWebSuffixes,
        CountTimeAway,
        NameClassParameters,
      ],
      snapshot: false,
    },
    extensions: [Migrator],
  });
  await orm.migrator.up();
  return orm;
};
