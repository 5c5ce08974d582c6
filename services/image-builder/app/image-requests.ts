import type { AnswerOf, AskOf, ImageId, ImageState, WorkspaceId } from '@slipway/contracts';
import {
  imageIdentity,
  isKnown,
  objectId,
  usableManifest,
  type Image,
  type KnownImage,
  type StoredDefinition,
} from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { ObjectClient } from '@slipway/nest-kit';
import type { BuildImages } from './build-images/build-images.js';
import type { BuildLog } from './build-log/build-log.js';
import { noteOfForgotten } from './build-log/forgotten-log.js';
import { putWithPatience, sha256Hex } from './contents/blob-store-contents.js';
import type { ImageLedger } from './ledger/image-ledger.js';

/** What others ask of images. */
export class ImageRequests {
  constructor(
    private readonly ledger: ImageLedger,
    private readonly builds: BuildImages,
    private readonly log: BuildLog,
    private readonly objects: ObjectClient,
    private readonly logDays: number,
  ) {}

  async define(ask: AskOf<'image-builder.define-image'>): Promise<AnswerOf<'image-builder.define-image'>> {
    const { workspaceId, environment, builderVersion } = ask;
    for (const base of ask.definition.baseImages) this.known(base.imageId, workspaceId);
    const definition = await this.store(ask.definition);
    const identity = imageIdentity({ workspaceId, builderVersion, definition });
    const imageId = objectId('im', sha256Hex(identity)) as ImageId;
    await this.ledger.execute({
      type: 'define-image',
      data: {
        imageId,
        workspaceId,
        environment,
        builderVersion,
        definition,
        cache: ask.ignoreCache ? 'fresh' : ask.forceBuild ? 'rebuild' : 'use',
      },
    });
    const image = this.known(imageId, workspaceId);
    if (image.status === 'building') this.builds.build(imageId, definition.buildFunction?.functionId);
    return { imageId, state: stateOf(image) };
  }

  /** A long poll: answers as soon as the log has something new or the build has ended. */
  async await(ask: AskOf<'image-builder.await-image'>): Promise<AnswerOf<'image-builder.await-image'>> {
    const until = Date.now() + ask.waitMs;
    for (;;) {
      const image = this.known(ask.imageId, ask.workspaceId);
      const ended = image.status !== 'building';
      if (ended && !ask.includeLogsOfFinished && ask.afterEntry === 0)
        return { logs: [], lastEntry: 0, state: stateOf(image) };
      const { logs, lastEntry } = await this.log.after(ask.imageId, ask.afterEntry);
      if (ended && ask.afterEntry === 0 && logs.length === 0) return this.forgotten(image);
      const left = until - Date.now();
      if (ended || logs.length > 0 || left <= 0)
        return { logs, lastEntry, state: await this.stateAfter(image, ask.imageId, lastEntry) };
      await this.log.changed(ask.imageId, left);
    }
  }

  /** What containers start with; that of the build before, while an image is rebuilt and when that failed. */
  manifest({
    imageId,
    workspaceId,
  }: Pick<
    AskOf<'image-builder.get-manifest'>,
    'imageId' | 'workspaceId'
  >): AnswerOf<'image-builder.get-manifest'> {
    const image = this.known(imageId, workspaceId);
    const manifest = usableManifest(image);
    if (manifest !== undefined) return manifest;
    throw new RefusedError(
      refuse(
        'conflict',
        'image-not-built',
        `image '${imageId}' is ${image.status}${image.status === 'failed' ? `: ${image.message}` : ''}`,
      ),
    );
  }

  require({
    imageIds,
    workspaceId,
  }: AskOf<'image-builder.require-images'>): AnswerOf<'image-builder.require-images'> {
    for (const imageId of imageIds) this.known(imageId, workspaceId);
    return {};
  }

  async delete({
    imageId,
    workspaceId,
  }: AskOf<'image-builder.delete-image'>): Promise<AnswerOf<'image-builder.delete-image'>> {
    this.known(imageId, workspaceId);
    await this.ledger.execute({ type: 'delete-image', data: { imageId } });
    return {};
  }

  async buildChain({
    imageId,
    workspaceId,
  }: AskOf<'image-builder.get-build-chain'>): Promise<AnswerOf<'image-builder.get-build-chain'>> {
    const images = [];
    for (let next: ImageId | undefined = imageId; next !== undefined;) {
      if (next !== imageId && !this.isKnown(next, workspaceId)) break;
      const { defined, definedAt }: KnownImage = this.known(next, workspaceId);
      const saidAt = await this.log.lastAt(next);
      images.unshift({ imageId: next, definedAtMs: definedAt, endedAtMs: Math.max(definedAt, saidAt) + 1 });
      next = defined.definition.baseImages[0]?.imageId;
    }
    return { images };
  }

  isKnown(imageId: ImageId, workspaceId: WorkspaceId): boolean {
    const image = this.ledger.images.find(imageId);
    return isKnown(image) && image.workspaceId === workspaceId;
  }

  /** An ended build that has no log, or none any more. */
  private forgotten(image: KnownImage): AnswerOf<'image-builder.await-image'> {
    const logs = noteOfForgotten(image.definedAt, this.logDays, Date.now());
    return { logs, lastEntry: 0, state: stateOf(image) };
  }

  /** The end of a build is told with the end of its log, not before. */
  private async stateAfter(image: KnownImage, imageId: ImageId, lastEntry: number): Promise<ImageState> {
    if (image.status === 'building') return { status: 'building' };
    const rest = await this.log.after(imageId, lastEntry);
    return rest.logs.length > 0 ? { status: 'building' } : stateOf(image);
  }

  private known(imageId: ImageId, workspaceId: WorkspaceId): KnownImage {
    const image: Image = this.ledger.images.find(imageId);
    if (!isKnown(image) || image.workspaceId !== workspaceId)
      throw new RefusedError(refuse('not-found', 'image-not-found', `image '${imageId}' does not exist`));
    return image;
  }

  private async store(
    definition: AskOf<'image-builder.define-image'>['definition'],
  ): Promise<StoredDefinition> {
    const contextFiles = await Promise.all(
      definition.contextFiles.map(async ({ filename, contentBase64 }) => ({
        filename,
        ...(await putWithPatience(this.objects, Buffer.from(contentBase64, 'base64'))),
      })),
    );
    return { ...definition, contextFiles };
  }
}

const stateOf = (image: KnownImage): ImageState => {
  switch (image.status) {
    case 'building':
      return { status: 'building' };
    case 'built':
      return { status: 'built', manifest: image.manifest };
    case 'failed':
      return { status: 'failed', message: image.message };
    default:
      return image satisfies never;
  }
};
