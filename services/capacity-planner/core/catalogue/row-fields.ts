/** Without these a row says nothing. */
export const REQUIRED_FIELDS: readonly string[] = [
  'vendor',
  'region',
  'geo',
  'instance_type',
  'gpu',
  'gpu_count',
  'vcpus',
  'memory_gib',
  'source',
  'priced_on',
];

/** All that a row may say; what is left empty has the default that `read-row.ts` names. */
export const KNOWN_FIELDS: readonly string[] = [
  ...REQUIRED_FIELDS,
  'zone',
  'gpu_memory_gib',
  'local_disk_gib',
  'network_gbps',
  'on_demand_usd',
  'spot_usd',
  'queued_usd',
  'term_1y_usd',
  'term_3y_usd',
  'increment_s',
  'minimum_s',
  'lead_s',
  'start_success',
  'preemptions_per_hour',
  'performance',
  'health',
  'available_nodes',
  'quota_gpus',
  'planning_values',
  'believed_on',
];
