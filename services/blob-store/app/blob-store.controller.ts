import { Controller, Inject } from '@nestjs/common';
import type { BlobStore } from '@slipway/blob-store-core';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import { BLOB_STORE } from './tokens.js';

@Controller()
export class BlobStoreController {
  constructor(@Inject(BLOB_STORE) private readonly store: BlobStore) {}

  @Answers('blob-store.find-missing')
  findMissing(ask: AskOf<'blob-store.find-missing'>): Promise<AnswerOf<'blob-store.find-missing'>> {
    return this.store.mounts.findMissing(ask);
  }

  @Answers('blob-store.own-files')
  ownFiles(ask: AskOf<'blob-store.own-files'>): Promise<AnswerOf<'blob-store.own-files'>> {
    return this.store.mounts.own(ask);
  }

  @Answers('blob-store.create-mount')
  createMount(ask: AskOf<'blob-store.create-mount'>): Promise<AnswerOf<'blob-store.create-mount'>> {
    return this.store.mounts.create(ask);
  }

  @Answers('blob-store.get-mount')
  getMount(ask: AskOf<'blob-store.get-mount'>): Promise<AnswerOf<'blob-store.get-mount'>> {
    return this.store.mounts.get(ask);
  }

  @Answers('blob-store.require-mounts')
  requireMounts(ask: AskOf<'blob-store.require-mounts'>): Promise<AnswerOf<'blob-store.require-mounts'>> {
    return this.store.mounts.require(ask);
  }

  @Answers('blob-store.find-mount')
  findMount(ask: AskOf<'blob-store.find-mount'>): Promise<AnswerOf<'blob-store.find-mount'>> {
    return this.store.mounts.find(ask);
  }

  @Answers('blob-store.create-blob')
  createBlob(ask: AskOf<'blob-store.create-blob'>): Promise<AnswerOf<'blob-store.create-blob'>> {
    return this.store.blobs.create(ask);
  }

  @Answers('blob-store.get-blob')
  getBlob(ask: AskOf<'blob-store.get-blob'>): Promise<AnswerOf<'blob-store.get-blob'>> {
    return this.store.blobs.download(ask);
  }

  @Answers('blob-store.digest-of-blob')
  digestOfBlob(ask: AskOf<'blob-store.digest-of-blob'>): Promise<AnswerOf<'blob-store.digest-of-blob'>> {
    return this.store.blobs.digestOf(ask);
  }
}
