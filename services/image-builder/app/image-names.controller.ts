import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import type { NameRequests } from './names/name-requests.js';
import { NAME_REQUESTS } from './tokens.js';

@Controller()
export class ImageNamesController {
  constructor(@Inject(NAME_REQUESTS) private readonly names: NameRequests) {}

  @Answers('image-builder.publish-image')
  publish(ask: AskOf<'image-builder.publish-image'>): Promise<AnswerOf<'image-builder.publish-image'>> {
    return this.names.publish(ask);
  }

  @Answers('image-builder.find-published-image')
  find(
    ask: AskOf<'image-builder.find-published-image'>,
  ): Promise<AnswerOf<'image-builder.find-published-image'>> {
    return this.names.find(ask);
  }

  @Answers('image-builder.list-image-names')
  list(ask: AskOf<'image-builder.list-image-names'>): Promise<AnswerOf<'image-builder.list-image-names'>> {
    return this.names.list(ask);
  }

  @Answers('image-builder.list-publications')
  history(
    ask: AskOf<'image-builder.list-publications'>,
  ): Promise<AnswerOf<'image-builder.list-publications'>> {
    return this.names.history(ask);
  }

  @Answers('image-builder.delete-image-name')
  delete(
    ask: AskOf<'image-builder.delete-image-name'>,
  ): Promise<AnswerOf<'image-builder.delete-image-name'>> {
    return this.names.delete(ask);
  }

  @Answers('image-builder.move-image-names')
  move(ask: AskOf<'image-builder.move-image-names'>): Promise<AnswerOf<'image-builder.move-image-names'>> {
    return this.names.moveAll(ask);
  }

  @Answers('image-builder.delete-image-names')
  deleteAll(
    ask: AskOf<'image-builder.delete-image-names'>,
  ): Promise<AnswerOf<'image-builder.delete-image-names'>> {
    return this.names.deleteAll(ask);
  }
}
