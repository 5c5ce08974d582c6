import { dollars } from './figures.ts';

/** The money of a plan over its horizon, what is paid in any case apart from what it decides. */
export const paidText = (cost: Readonly<Record<string, number>>): string => {
  const of = (line: string): string => dollars(cost[line] ?? 0);
  return (
    `paid over the horizon: hosts ${of('infrastructureMicroUsd')} beside commitments, ` +
    `commitments ${of('commitmentsMicroUsd')} in any case, egress ${of('egressMicroUsd')}`
  );
};
