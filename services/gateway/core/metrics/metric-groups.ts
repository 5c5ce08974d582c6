import { refuse, type Refusal } from '@slipway/kernel';

/** One time series. Its name ends in how the samples of a bucket become one value. */
export type Metric = Readonly<{
  name: string;
  unit: string;
  description: string;
  whenNothing: 'zero' | 'none';
}>;
export type MetricGroup = Readonly<{
  name: string;
  title: string;
  description: string;
  metrics: readonly Metric[];
}>;

const count = (name: string, unit: string, description: string): Metric => ({
  name,
  unit,
  description,
  whenNothing: 'zero',
});
const times = (name: string, what: string): readonly Metric[] =>
  (['p50', 'p90', 'p99'] as const).map((percentile) => ({
    name: `${name}_${percentile}`,
    unit: 's',
    description: `${what}, ${percentile}`,
    whenNothing: 'none',
  }));

/** Everything of which this platform keeps samples for a function. */
export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    name: 'calls',
    title: 'Inputs',
    description: 'Inputs by how they ended, in the bucket in which they did',
    metrics: [
      count('inputs_queued_sum', 'inputs', 'Inputs that came'),
      count('inputs_succeeded_sum', 'inputs', 'Inputs that ended well'),
      count('inputs_failed_sum', 'inputs', 'Inputs that failed'),
      count('inputs_timed_out_sum', 'inputs', 'Inputs that ran out of time'),
    ],
  },
  {
    name: 'calls',
    title: 'Execution time',
    description: 'From the start of an input in its container to its end',
    metrics: times('execution_time', 'Time in the container'),
  },
  {
    name: 'calls',
    title: 'End-to-end latency',
    description: 'From the arrival of an input to its end',
    metrics: times('latency', 'Time from arrival to end'),
  },
  {
    name: 'containers',
    title: 'Containers',
    description: 'Containers by what became of them',
    metrics: [
      count('containers_alive_last', 'containers', 'Containers alive at the end of the bucket'),
      count('containers_started_sum', 'containers', 'Containers that became ready'),
      count('containers_failed_sum', 'containers', 'Containers that ended for a reason to look at'),
    ],
  },
  {
    name: 'containers',
    title: 'Startup time',
    description: 'From the request for a container to its readiness',
    metrics: times('startup_time', 'Time to readiness'),
  },
];

/** Everything of which this platform keeps samples for a server. */
export const SERVER_METRIC_GROUPS: readonly MetricGroup[] = [
  {
    name: 'requests',
    title: 'Requests',
    description: 'Requests by what they were answered, in the bucket in which they came',
    metrics: [
      count('requests_sum', 'requests', 'Requests that came'),
      ...[2, 3, 4, 5].map((digit) =>
        count(`requests_${digit}xx_sum`, 'requests', `Requests that were answered ${digit}xx`),
      ),
    ],
  },
  {
    name: 'requests',
    title: 'Request duration',
    description: 'From the arrival of a request to the end of its answer',
    metrics: times('request_duration', 'Time from arrival to end'),
  },
  ...METRIC_GROUPS.filter(({ name }) => name === 'containers'),
];

/** The groups with these names among those that are offered, all where none is named. */
export const chooseMetricGroups = (
  names: readonly string[],
  offered: readonly MetricGroup[],
): readonly MetricGroup[] | Refusal => {
  const known = [...new Set(offered.map(({ name }) => name))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return refuse(
      'invalid',
      'unknown-metric-group',
      `There are no metrics of the group '${unknown}' here; the groups are: ${known.join(', ')}.`,
    );
  return offered.filter(({ name }) => names.length === 0 || names.includes(name));
};
