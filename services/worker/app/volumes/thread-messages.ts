import type { Digest, VolumeEntry } from '@slipway/contracts';
import type { CommitPlan, CommitResult, Forgotten, VolumeChanges } from '@slipway/worker-core';
import type { TakenSegment } from './fill-segments.js';

/** What a volume's thread begins with. */
export type ThreadStart = Readonly<{
  descriptor: number;
  entries: readonly VolumeEntry[];
  mostPathBytes: number;
  stagingFile: string;
  stagingLimitBytes: number;
  blocksFolder: string;
}>;

/** What a volume's thread is asked; it hears when a knock (a statfs of its mount) wakes it. */
export type Question =
  | Readonly<{ ask: 'begin-commit' }>
  | Readonly<{ ask: 'end-commit'; result: CommitResult }>
  | Readonly<{ ask: 'apply'; changes: VolumeChanges }>
  | Readonly<{ ask: 'stop' }>;

export type Asked = Readonly<{ id: number }> & Question;

export type AnswerTo<Ask extends Question['ask']> = {
  /** Nothing: there is nothing to commit. */
  'begin-commit': CommitPlan | undefined;
  'end-commit': undefined;
  apply: readonly Forgotten[];
  stop: undefined;
}[Ask];

/** What a volume's thread says of itself. */
export type Told =
  | Readonly<{ tell: 'answer'; id: number; value: unknown }>
  /** A read that needs blocks which are not here: the reply is left to who hears this. */
  | Readonly<{ tell: 'missed'; request: number; segments: readonly TakenSegment[] }>
  /** A program reads on: these come next. */
  | Readonly<{ tell: 'ahead'; digests: readonly Digest[] }>
  | Readonly<{ tell: 'fault'; message: string }>;
