import { existsSync } from 'node:fs';
import { NO_EDITS, offerGpus, type DriverReport, type GpuOffer } from '@slipway/worker-core';
import type { WorkerConfig } from '../config.js';
import { askDriver } from './ask-driver.js';
import { makeDeviceNodes, minorsOf, nodeAt } from './device-nodes.js';
import { driverFolders, findDriverLibraries, libraryAt } from './find-driver-libraries.js';
import { passedDrivers } from './passed-drivers.js';
import { readCdi } from './read-cdi.js';

export type FoundGpus = GpuOffer & Readonly<{ driver?: DriverReport }>;

const nothing = (keptBack: readonly string[]): FoundGpus => ({
  gpus: [],
  access: { common: NO_EDITS, perGpu: new Map() },
  keptBack,
});

/** The GPUs of this machine that containers under its runtime can use, and what gives a container theirs; none where there is no driver. */
export const findGpus = async (
  runtime: 'runsc' | 'runc',
  { hostFolders, runtime: { runscBinary } }: Pick<WorkerConfig, 'hostFolders' | 'runtime'>,
): Promise<FoundGpus> => {
  const answer = await askDriver(hostFolders);
  if (answer.kind === 'silent') return nothing([]);
  if (answer.kind === 'failed') return nothing([answer.why]);
  const { report, program, libraries } = answer;
  await makeDeviceNodes();
  const searched = await driverFolders(libraries);
  const minors = minorsOf(report.gpus);
  const cdi = await readCdi();
  const offer = offerGpus({
    ...report,
    nodeOf: nodeAt,
    libraryAt,
    exists: existsSync,
    minorOf: ({ index }) => minors.get(index) ?? index,
    libraries: findDriverLibraries(searched, report.driverVersion),
    searched,
    programs: [program],
    ...(cdi !== undefined && { cdi }),
    runtime: { name: runtime, drivers: runtime === 'runc' ? 'any' : await passedDrivers(runscBinary) },
  });
  return { ...offer, driver: report };
};
