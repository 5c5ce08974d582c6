import type { LayerRef } from '@slipway/contracts';
import type { ImageEvent } from './image.events.js';

export type CachedStep = Readonly<{ layer: LayerRef; output?: string }>;

/** Answers "was this step done before?" for all images: a fold of their events. */
export class LayerCache {
  private readonly steps = new Map<string, CachedStep>();

  apply(event: ImageEvent): void {
    if (event.type !== 'step-finished' || !event.data.shared) return;
    const { chain, layer, output } = event.data;
    this.steps.set(chain, { layer, ...(output === undefined ? {} : { output }) });
  }

  find(chain: string): CachedStep | undefined {
    return this.steps.get(chain);
  }
}
