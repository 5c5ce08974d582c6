import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

// Moments are milliseconds since the Unix epoch, as everywhere in the mesh.

export const WorkspaceEntity = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    workspaceId: p.string().primary(),
    name: p.string().unique(),
    defaultEnvironment: p.string(),
    builderVersion: p.string().nullable(),
    createdAt: p.bigint('number'),
  },
});

export const TokenEntity = defineEntity({
  name: 'Token',
  tableName: 'tokens',
  properties: {
    tokenId: p.string().primary(),
    workspaceId: p.string(),
    principalId: p.string(),
    name: p.string(),
    salt: p.string(),
    secretHash: p.string(),
    createdAt: p.bigint('number'),
    expiresAt: p.bigint('number').nullable(),
    revokedAt: p.bigint('number').nullable(),
    disabledAt: p.bigint('number').nullable(),
    lastUsedAt: p.bigint('number').nullable(),
  },
});

export const EnvironmentEntity = defineEntity({
  name: 'Environment',
  tableName: 'environments',
  properties: {
    environmentId: p.string().primary(),
    workspaceId: p.string(),
    name: p.string(),
    builderVersion: p.string().nullable(),
    webSuffix: p.string(),
    /** The role of members who were given none; null: every member may do everything. */
    memberRole: p.string().nullable(),
    createdAt: p.bigint('number'),
  },
});

/** The values are encrypted; `keys` are the names of the variables. */
export const SecretEntity = defineEntity({
  name: 'Secret',
  tableName: 'secrets',
  properties: {
    secretId: p.string().primary(),
    workspaceId: p.string(),
    environment: p.string(),
    name: p.string().nullable(),
    appId: p.string().nullable(),
    callId: p.string().nullable(),
    keys: p.json<string[]>(),
    keyId: p.string(),
    nonce: p.blob(),
    sealed: p.blob(),
    createdBy: p.string(),
    lastUsedAt: p.bigint('number').nullable(),
    createdAt: p.bigint('number'),
  },
});

/** What a client must know to use a function as one of its definitions has it; '' stands for those of earlier servers. */
export const FunctionHandleEntity = defineEntity({
  name: 'FunctionHandle',
  tableName: 'function_handles',
  properties: {
    functionId: p.string().primary(),
    definitionDigest: p.string().primary(),
    workspaceId: p.string(),
    appId: p.string(),
    tag: p.string(),
    metadata: p.blob(),
    dependencyIds: p.json<string[]>(),
  },
});

export const ClassHandleEntity = defineEntity({
  name: 'ClassHandle',
  tableName: 'class_handles',
  properties: {
    classId: p.string().primary(),
    workspaceId: p.string(),
    appId: p.string(),
    /** Known from the first publication on. */
    tag: p.string().nullable(),
    functionId: p.string().nullable(),
  },
});

export type WorkspaceRow = InferEntity<typeof WorkspaceEntity>;
export type EnvironmentRow = InferEntity<typeof EnvironmentEntity>;
export type SecretRow = InferEntity<typeof SecretEntity>;
export type FunctionHandleRow = InferEntity<typeof FunctionHandleEntity>;
export type ClassHandleRow = InferEntity<typeof ClassHandleEntity>;
