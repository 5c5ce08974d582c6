import type { AnswerOf, AskOf, ImageId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { ImageRequests } from '../image-requests.js';
import type { ImageNames } from './image-names.js';

const nameNotFound = (tag: string, environment: string): RefusedError =>
  new RefusedError(
    refuse(
      'not-found',
      'image-name-not-found',
      `No image is published as '${tag}' in environment '${environment}'. Publish one by image.publish("${tag}").`,
    ),
  );

/** What others ask of the names of images. */
export class NameRequests {
  constructor(
    private readonly names: ImageNames,
    private readonly images: ImageRequests,
  ) {}

  async publish(ask: AskOf<'image-builder.publish-image'>): Promise<AnswerOf<'image-builder.publish-image'>> {
    this.images.manifest(ask);
    await this.names.publish(ask);
    return {};
  }

  async find(ask: AskOf<'image-builder.find-published-image'>): Promise<{ imageId: ImageId }> {
    const imageId = await this.names.find(ask);
    if (imageId === undefined) throw nameNotFound(ask.tag, ask.environment);
    if (!this.images.isKnown(imageId, ask.workspaceId))
      throw new RefusedError(
        refuse(
          'not-found',
          'image-not-found',
          `Image '${imageId}', published as '${ask.tag}', was deleted: publish another one under that name.`,
        ),
      );
    return { imageId };
  }

  async list(
    ask: AskOf<'image-builder.list-image-names'>,
  ): Promise<AnswerOf<'image-builder.list-image-names'>> {
    return { names: await this.names.list(ask) };
  }

  async history(
    ask: AskOf<'image-builder.list-publications'>,
  ): Promise<AnswerOf<'image-builder.list-publications'>> {
    return { publications: await this.names.history(ask) };
  }

  async delete(
    ask: AskOf<'image-builder.delete-image-name'>,
  ): Promise<AnswerOf<'image-builder.delete-image-name'>> {
    if (!(await this.names.delete(ask))) throw nameNotFound(ask.tag, ask.environment);
    return {};
  }

  async moveAll(
    ask: AskOf<'image-builder.move-image-names'>,
  ): Promise<AnswerOf<'image-builder.move-image-names'>> {
    await this.names.moveAll(ask);
    return {};
  }

  async deleteAll(
    ask: AskOf<'image-builder.delete-image-names'>,
  ): Promise<AnswerOf<'image-builder.delete-image-names'>> {
    await this.names.deleteAll(ask);
    return {};
  }
}
