import { SecretMetadata } from '@slipway/protocol';
import type { SecretRow } from '../../store/entities.js';

/** Names of the variables, never values. */
export const secretMetadata = (row: SecretRow): SecretMetadata =>
  SecretMetadata.fromPartial({
    name: row.name ?? '',
    creationInfo: { createdAt: row.createdAt / 1000 },
    keys: row.keys,
    environmentName: row.environment,
  });
