import type { EnvironmentChoice, TaskId, WorkspaceId } from '@slipway/contracts';

/** Whom the gateway lets in, by the token that it has read: to one container, with the secrets of the environments that they may read. */
export type Admitted = Readonly<{ taskId: TaskId; workspaceId: WorkspaceId; readable: EnvironmentChoice }>;
