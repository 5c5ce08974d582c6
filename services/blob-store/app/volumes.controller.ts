import { Controller, Inject } from '@nestjs/common';
import type { BlobStore } from '@slipway/blob-store-core';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import { BLOB_STORE } from './tokens.js';

@Controller()
export class VolumesController {
  constructor(@Inject(BLOB_STORE) private readonly store: BlobStore) {}

  @Answers('blob-store.open-volume')
  open(ask: AskOf<'blob-store.open-volume'>): Promise<AnswerOf<'blob-store.open-volume'>> {
    return this.store.volumes.open(ask);
  }

  @Answers('blob-store.get-volume')
  get(ask: AskOf<'blob-store.get-volume'>): Promise<AnswerOf<'blob-store.get-volume'>> {
    return this.store.volumes.get(ask);
  }

  @Answers('blob-store.list-volumes')
  list(ask: AskOf<'blob-store.list-volumes'>): Promise<AnswerOf<'blob-store.list-volumes'>> {
    return this.store.volumes.list(ask);
  }

  @Answers('blob-store.measure-volumes')
  measure(ask: AskOf<'blob-store.measure-volumes'>): Promise<AnswerOf<'blob-store.measure-volumes'>> {
    return this.store.volumes.measure(ask);
  }

  @Answers('blob-store.rename-volume')
  rename(ask: AskOf<'blob-store.rename-volume'>): Promise<AnswerOf<'blob-store.rename-volume'>> {
    return this.store.volumes.rename(ask);
  }

  @Answers('blob-store.delete-volume')
  delete(ask: AskOf<'blob-store.delete-volume'>): Promise<AnswerOf<'blob-store.delete-volume'>> {
    return this.store.volumes.delete(ask);
  }

  @Answers('blob-store.heartbeat-volume')
  heartbeat(ask: AskOf<'blob-store.heartbeat-volume'>): Promise<AnswerOf<'blob-store.heartbeat-volume'>> {
    return this.store.volumes.heartbeat(ask);
  }

  @Answers('blob-store.expire-volumes')
  expire(): Promise<AnswerOf<'blob-store.expire-volumes'>> {
    return this.store.volumes.expire();
  }

  @Answers('blob-store.prepare-volume-upload')
  prepareUpload(
    ask: AskOf<'blob-store.prepare-volume-upload'>,
  ): Promise<AnswerOf<'blob-store.prepare-volume-upload'>> {
    return this.store.volumeBlocks.prepareUpload(ask);
  }

  @Answers('blob-store.cut-into-blocks')
  cut(ask: AskOf<'blob-store.cut-into-blocks'>): Promise<AnswerOf<'blob-store.cut-into-blocks'>> {
    return this.store.volumeBlocks.cut(ask);
  }

  @Answers('blob-store.get-volume-file')
  file(ask: AskOf<'blob-store.get-volume-file'>): Promise<AnswerOf<'blob-store.get-volume-file'>> {
    return this.store.volumeBlocks.file(ask);
  }
}
