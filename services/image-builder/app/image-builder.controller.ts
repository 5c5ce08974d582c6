import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import type { RuntimeMounts } from '@slipway/image-builder-core';
import { Answers } from '@slipway/messaging';
import type { ImageRequests } from './image-requests.js';
import { IMAGE_REQUESTS, RUNTIME_MOUNTS } from './tokens.js';

@Controller()
export class ImageBuilderController {
  constructor(
    @Inject(IMAGE_REQUESTS) private readonly images: ImageRequests,
    @Inject(RUNTIME_MOUNTS) private readonly runtimeMounts: RuntimeMounts,
  ) {}

  @Answers('image-builder.define-image')
  defineImage(ask: AskOf<'image-builder.define-image'>): Promise<AnswerOf<'image-builder.define-image'>> {
    return this.images.define(ask);
  }

  @Answers('image-builder.await-image')
  awaitImage(ask: AskOf<'image-builder.await-image'>): Promise<AnswerOf<'image-builder.await-image'>> {
    return this.images.await(ask);
  }

  @Answers('image-builder.get-manifest')
  getManifest(ask: AskOf<'image-builder.get-manifest'>): AnswerOf<'image-builder.get-manifest'> {
    return this.images.manifest(ask);
  }

  @Answers('image-builder.require-images')
  requireImages(ask: AskOf<'image-builder.require-images'>): AnswerOf<'image-builder.require-images'> {
    return this.images.require(ask);
  }

  @Answers('image-builder.delete-image')
  deleteImage(ask: AskOf<'image-builder.delete-image'>): Promise<AnswerOf<'image-builder.delete-image'>> {
    return this.images.delete(ask);
  }

  @Answers('image-builder.get-build-chain')
  getBuildChain(
    ask: AskOf<'image-builder.get-build-chain'>,
  ): Promise<AnswerOf<'image-builder.get-build-chain'>> {
    return this.images.buildChain(ask);
  }

  @Answers('image-builder.get-runtime-mount')
  getRuntimeMount({
    name,
  }: AskOf<'image-builder.get-runtime-mount'>): Promise<AnswerOf<'image-builder.get-runtime-mount'>> {
    return this.runtimeMounts.get(name);
  }
}
