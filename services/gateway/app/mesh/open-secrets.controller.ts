import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import type { Secrets } from '../store/secrets.js';
import { SECRETS } from '../tokens.js';

/** The one way by which a secret's values leave the gateway: to the mesh, for a container of the same workspace. */
@Controller()
export class OpenSecretsController {
  constructor(@Inject(SECRETS) private readonly secrets: Secrets) {}

  @Answers('gateway.open-secrets')
  async open({
    workspaceId,
    secretIds,
    readable,
  }: AskOf<'gateway.open-secrets'>): Promise<AnswerOf<'gateway.open-secrets'>> {
    return { env: await this.secrets.open(workspaceId, secretIds, readable) };
  }
}
