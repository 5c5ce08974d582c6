export type Service = Readonly<{
  name: string;
  /** Names of the secrets that this service alone is trusted with, beside the internal key. */
  holds: readonly ('master-key' | 'signing-key' | 'first-token')[];
  /** The environment variable that carries its port, for a service that others call over HTTP. */
  portVariable?: string;
}>;

/** The services of the mesh, in the order in which they are listed everywhere. Workers are counted apart. */
export const services: readonly Service[] = [
  { name: 'gateway', holds: ['master-key', 'signing-key', 'first-token'], portVariable: 'GATEWAY_PORT' },
  { name: 'scheduler', holds: [] },
  { name: 'image-builder', holds: [] },
  { name: 'blob-store', holds: ['signing-key'], portVariable: 'BLOB_STORE_PORT' },
  { name: 'capacity-planner', holds: [] },
  { name: 'billing', holds: [] },
];
