import type { Server as GrpcServer } from '@grpc/grpc-js';
import { LOGGER, startService } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { readGatewayConfig } from './config.js';
import { GatewayModule } from './gateway.module.js';
import { openPublicPorts } from './public-port/open-public-ports.js';
import type { OpenApi } from './public-api/openapi.js';
import { GRPC_SERVER, OPENAPI, WEB_FRONT } from './tokens.js';
import type { WebFront } from './web-front/web-front.js';

const config = readGatewayConfig(process.env);
const app = await startService({ service: 'gateway', module: GatewayModule, config });
app.get<OpenApi>(OPENAPI).describe(app);
await openPublicPorts(
  {
    grpc: app.get<GrpcServer>(GRPC_SERVER),
    http: app.getHttpServer(),
    web: app.get<WebFront>(WEB_FRONT),
    logger: app.get<Logger>(LOGGER),
  },
  config,
);
