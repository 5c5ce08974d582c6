import type { Finding } from './finding.ts';

/** What was seen of a machine's GPUs. */
export type SeenGpus = Readonly<{
  /** /dev/nvidia0 and the like. */
  devices: readonly string[];
  /** nvidia-smi's answer, a line for each GPU: name, memory, driver, whether it is in MIG mode; or what it complained of. */
  driver?: Readonly<{ ok: boolean; output: string }>;
  /** The CDI files of the machine. */
  descriptions: readonly string[];
  /** The drivers to which runsc passes calls; undefined without runsc. */
  passed?: readonly string[];
}>;

/** What a machine's GPUs are good for, in the words of the doctor. */
export const judgeGpus = (seen: SeenGpus): readonly Finding[] => {
  const gpus = seen.driver?.ok === true ? gpusIn(seen.driver.output) : [];
  if (gpus.length === 0) return [absent(seen), cdiFinding(seen.descriptions)];
  const cut = gpus.filter(({ mig }) => mig === 'Enabled').length;
  return [
    finding(
      'GPUs',
      cut === 0 ? 'good' : 'fallback',
      gpus.map(({ name, memory }) => `${name}, ${memory}`).join('; '),
      cut === 0
        ? 'offered to functions that ask for one'
        : `${cut} in MIG mode and not offered: nvidia-smi -mig 0 makes them whole`,
    ),
    driverFinding(gpus[0]?.driver ?? '', seen.passed),
    cdiFinding(seen.descriptions),
  ];
};

const gpusIn = (answer: string) =>
  answer
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter((fields) => fields.length === 4)
    .map(([name = '', memory = '', driver = '', mig = '']) => ({ name, memory, driver, mig }));

const absent = ({ devices, driver }: SeenGpus): Finding =>
  devices.length > 0
    ? finding(
        'GPUs',
        'missing',
        [devices.join(', '), driver?.output.split('\n')[0] ?? 'no nvidia-smi'].join(': '),
        'none is offered until nvidia-smi lists them',
      )
    : finding('GPUs', 'fallback', 'none', './tools/up --simulate-gpu H100:8 offers pretended ones');

const driverFinding = (version: string, passed: readonly string[] | undefined): Finding => {
  if (passed === undefined)
    return finding(
      'GPU driver',
      'fallback',
      version,
      'runsc is not here yet to say whether it passes calls to it',
    );
  return passed.includes(version)
    ? finding('GPU driver', 'good', version, 'runsc passes the calls of containers to it')
    : finding(
        'GPU driver',
        'fallback',
        version,
        `no GPU is offered under runsc, which passes calls to ${passed.join(', ') || 'no driver that it names'}; --runtime runc takes any`,
      );
};

const cdiFinding = (descriptions: readonly string[]): Finding =>
  finding(
    'CDI',
    descriptions.length > 0 ? 'good' : 'fallback',
    descriptions.join(', ') || 'no files',
    'names the devices and libraries of a GPU; without it workers look for them',
  );

const finding = (name: string, verdict: Finding['verdict'], found: string, meaning: string): Finding => ({
  area: 'gpu',
  name,
  verdict,
  found,
  meaning,
});
