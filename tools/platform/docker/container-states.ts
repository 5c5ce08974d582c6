/** One container of the platform, as Docker Compose sees it. */
export type ContainerState = Readonly<{
  service: string;
  /** `running`, `exited`, … */
  state: string;
  /** `healthy`, `starting`, `unhealthy`; '' without a health check. */
  health: string;
  /** Such as `Up 2 minutes (healthy)`. */
  status: string;
}>;

type Printed = Readonly<{ Service: string; State: string; Health?: string; Status?: string }>;

/** Reads what `docker compose ps --format json` prints: an array up to 2.20, an object a line since. */
export const readContainerStates = (printed: string): readonly ContainerState[] => {
  const text = printed.trim();
  const all = (
    text.startsWith('[')
      ? JSON.parse(text)
      : text.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]))
  ) as readonly Printed[];
  return all
    .map(({ Service, State, Health = '', Status = '' }) => ({
      service: Service,
      state: State,
      health: Health,
      status: Status,
    }))
    .toSorted((a, b) => a.service.localeCompare(b.service));
};

export const isReady = ({ state, health }: ContainerState): boolean =>
  state === 'running' && (health === 'healthy' || health === '');
