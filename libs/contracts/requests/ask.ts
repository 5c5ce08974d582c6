import type { WorkspaceId } from '../ids.js';

export type Ask<Question, Answer> = { ask: Question; answer: Answer };
export type Nothing = Readonly<Record<string, never>>;
export type OfWorkspace = Readonly<{ workspaceId: WorkspaceId }>;
