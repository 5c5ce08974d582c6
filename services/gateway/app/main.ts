import type { Server as GrpcServer } from '@grpc/grpc-js';
import { startService } from '@slipway/nest-kit';
import { readGatewayConfig } from './config.js';
import { GatewayModule } from './gateway.module.js';
import { openPublicPorts } from './public-port/open-public-ports.js';
import type { OpenApi } from './public-api/openapi.js';
import { GRPC_SERVER, OPENAPI } from './tokens.js';

const config = readGatewayConfig(process.env);
const app = await startService({ service: 'gateway', module: GatewayModule, config });
app.get<OpenApi>(OPENAPI).describe(app);
await openPublicPorts({ grpc: app.get<GrpcServer>(GRPC_SERVER), http: app.getHttpServer() }, config);
