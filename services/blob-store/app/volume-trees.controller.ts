import { Controller, Inject } from '@nestjs/common';
import type { BlobStore } from '@slipway/blob-store-core';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import { BLOB_STORE } from './tokens.js';

@Controller()
export class VolumeTreesController {
  constructor(@Inject(BLOB_STORE) private readonly store: BlobStore) {}

  @Answers('blob-store.read-volume')
  read(ask: AskOf<'blob-store.read-volume'>): Promise<AnswerOf<'blob-store.read-volume'>> {
    return this.store.volumeTrees.read(ask);
  }

  @Answers('blob-store.stage-volume-changes')
  stage(ask: AskOf<'blob-store.stage-volume-changes'>): Promise<AnswerOf<'blob-store.stage-volume-changes'>> {
    return this.store.volumeTrees.stage(ask);
  }

  @Answers('blob-store.commit-volume')
  commit(ask: AskOf<'blob-store.commit-volume'>): Promise<AnswerOf<'blob-store.commit-volume'>> {
    return this.store.volumeTrees.commit(ask);
  }

  @Answers('blob-store.commit-volume-upload')
  commitUpload(
    ask: AskOf<'blob-store.commit-volume-upload'>,
  ): Promise<AnswerOf<'blob-store.commit-volume-upload'>> {
    return this.store.volumeTrees.commitUpload(ask);
  }

  @Answers('blob-store.list-volume-entries')
  list(ask: AskOf<'blob-store.list-volume-entries'>): Promise<AnswerOf<'blob-store.list-volume-entries'>> {
    return this.store.volumeTrees.list(ask);
  }

  @Answers('blob-store.remove-volume-entry')
  remove(ask: AskOf<'blob-store.remove-volume-entry'>): Promise<AnswerOf<'blob-store.remove-volume-entry'>> {
    return this.store.volumeTrees.remove(ask);
  }

  @Answers('blob-store.copy-volume-entries')
  copy(ask: AskOf<'blob-store.copy-volume-entries'>): Promise<AnswerOf<'blob-store.copy-volume-entries'>> {
    return this.store.volumeTrees.copy(ask);
  }
}
