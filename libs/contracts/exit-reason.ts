/** Why a container is gone. */
export type ExitReason =
  | 'finished'
  | 'idle'
  | 'app-stopped'
  | 'stopped'
  | 'cancelled'
  | 'user-error'
  | 'init-failure'
  | 'out-of-memory'
  | 'disk-full'
  | 'timeout'
  | 'startup-timeout'
  | 'image-failed'
  | 'host-lost'
  | 'platform-error';
