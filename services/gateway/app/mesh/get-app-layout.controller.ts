import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers, type Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { AppLayout } from '@slipway/protocol';
import { assembleLayout } from '../layout/assemble-layout.js';
import type { Handles } from '../store/handles.js';
import { HANDLES } from '../tokens.js';

@Controller()
export class GetAppLayoutController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(HANDLES) private readonly handles: Handles,
  ) {}

  @Answers('gateway.get-app-layout')
  async get(app: AskOf<'gateway.get-app-layout'>): Promise<AnswerOf<'gateway.get-app-layout'>> {
    const layout = await assembleLayout({ bus: this.bus, handles: this.handles }, app);
    return { layoutBase64: Buffer.from(AppLayout.encode(layout).finish()).toString('base64') };
  }
}
