import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The description of the HTTP API, generated from its controllers when it is first asked for. */
export class OpenApi {
  private app: INestApplication | undefined;
  private described: OpenAPIObject | undefined;

  describe(app: INestApplication): void {
    this.app = app;
  }

  /** OpenAPI 3.1. */
  document(): OpenAPIObject {
    if (this.app === undefined) throw new Error('the application has not started');
    this.described ??= SwaggerModule.createDocument(
      this.app,
      new DocumentBuilder()
        .setOpenAPIVersion('3.1.0')
        .setTitle('Slipway')
        .setDescription(
          'Apps, functions, calls, containers, hosts and images. Errors are RFC 9457 problem documents.',
        )
        .setVersion('1')
        .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'tokenId:tokenSecret' })
        .build(),
    );
    return this.described;
  }
}
