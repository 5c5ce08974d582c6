import type { Server as GrpcServer } from '@grpc/grpc-js';
import { startService } from '@slipway/nest-kit';
import { readGatewayConfig } from './config.js';
import { GatewayModule } from './gateway.module.js';
import { openPublicPorts } from './public-port/open-public-ports.js';
import { GRPC_SERVER } from './tokens.js';

const config = readGatewayConfig(process.env);
const app = await startService({ service: 'gateway', module: GatewayModule, config });
await openPublicPorts({ grpc: app.get<GrpcServer>(GRPC_SERVER), http: app.getHttpServer() }, config);
