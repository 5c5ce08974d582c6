import { Module, type Provider } from '@nestjs/common';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER, OBJECTS, READINESS, type ObjectClient, type Readiness } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { Authenticator } from './access/authenticator.js';
import { rpcAnswers } from './client-protocol/rpc-answers.js';
import { serveRpcs } from './client-protocol/serve-rpcs.js';
import type { GatewayConfig } from './config.js';
import { GetAppLayoutController } from './mesh/get-app-layout.controller.js';
import { OpenSecretsController } from './mesh/open-secrets.controller.js';
import { Environments } from './store/environments.js';
import { Handles } from './store/handles.js';
import { makeFirstWorkspace } from './store/make-first-workspace.js';
import { openStore } from './store/open-store.js';
import { SecretCipher } from './store/secret-cipher.js';
import { Secrets } from './store/secrets.js';
import { Tokens } from './store/tokens.js';
import { AUTHENTICATOR, DATABASE, ENVIRONMENTS, GRPC_SERVER, HANDLES, SECRETS, TOKENS } from './tokens.js';

const providers: Provider[] = [
  {
    provide: DATABASE,
    inject: [CONFIG, READINESS],
    useFactory: async (config: GatewayConfig, readiness: Readiness): Promise<MikroORM> => {
      const orm = await openStore(config.databaseUrl);
      await makeFirstWorkspace(orm, config.bootstrapToken);
      readiness.add('postgresql', () => orm.isConnected());
      return orm;
    },
  },
  { provide: TOKENS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Tokens(orm) },
  { provide: ENVIRONMENTS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Environments(orm) },
  { provide: HANDLES, inject: [DATABASE], useFactory: (orm: MikroORM) => new Handles(orm) },
  {
    provide: SECRETS,
    inject: [DATABASE, CONFIG],
    useFactory: (orm: MikroORM, config: GatewayConfig) => new Secrets(orm, new SecretCipher(config.masterKey)),
  },
  {
    provide: AUTHENTICATOR,
    inject: [TOKENS, CONFIG],
    useFactory: (tokens: Tokens, config: GatewayConfig) => new Authenticator(tokens, config),
  },
  {
    provide: GRPC_SERVER,
    inject: [BUS, OBJECTS, ENVIRONMENTS, SECRETS, HANDLES, TOKENS, AUTHENTICATOR, CONFIG, LOGGER],
    useFactory: (
      bus: Bus,
      objects: ObjectClient,
      environments: Environments,
      secrets: Secrets,
      handles: Handles,
      tokens: Tokens,
      authenticator: Authenticator,
      config: GatewayConfig,
      logger: Logger,
    ) =>
      serveRpcs({
        answers: rpcAnswers({ bus, objects, environments, secrets, handles, tokens, ...config }),
        authenticator,
        logger,
      }),
  },
];

@Module({
  controllers: [OpenSecretsController, GetAppLayoutController],
  providers,
})
export class GatewayModule {}
