/** A GPU as NVIDIA's driver names it. */
export type DriverGpu = Readonly<{
  index: number;
  uuid: string;
  /** The product, such as `NVIDIA H100 80GB HBM3`. */
  name: string;
  memoryMiB: number;
  /** As in /proc/driver/nvidia/gpus, such as `0000:00:04.0`. */
  busId: string;
  /** Cut into instances: what opens the whole GPU can compute nothing. */
  cut: 'whole' | 'instances';
}>;

export type DriverReport = Readonly<{ driverVersion: string; gpus: readonly DriverGpu[] }>;

/** What nvidia-smi is asked, one line of the answer for each GPU. */
export const DRIVER_QUERY = [
  '--query-gpu=index,uuid,memory.total,pci.bus_id,mig.mode.current,driver_version,name',
  '--format=csv,noheader,nounits',
] as const;

/** Reads nvidia-smi's answer to DRIVER_QUERY; undefined where it names no GPU. */
export const readDriverReport = (answer: string): DriverReport | undefined => {
  const lines = answer
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter(([index = '', uuid = '']) => /^\d+$/.test(index) && uuid.startsWith('GPU-'));
  const driverVersion = lines[0]?.[5];
  if (driverVersion === undefined) return undefined;
  return {
    driverVersion,
    gpus: lines.map(([index = '', uuid = '', memory = '', bus = '', mig = '', , ...name]) => ({
      index: Number(index),
      uuid,
      name: name.join(', '),
      // GPUs that share the machine's memory say [N/A]
      memoryMiB: Number.parseInt(memory, 10) || 0,
      busId: busIdOf(bus),
      cut: mig === 'Enabled' ? 'instances' : 'whole',
    })),
  };
};

/** nvidia-smi writes the domain with eight digits, the kernel with at least four. */
const busIdOf = (text: string): string => {
  const [domain = '', ...place] = text.toLowerCase().split(':');
  return [Number.parseInt(domain, 16).toString(16).padStart(4, '0'), ...place].join(':');
};

/** N of /dev/nvidiaN, which need not be the GPU's index, from /proc/driver/nvidia/gpus/<bus id>/information. */
export const readDeviceMinor = (information: string): number | undefined => {
  const [, minor] = /^Device Minor:\s*(\d+)\s*$/m.exec(information) ?? [];
  return minor === undefined ? undefined : Number(minor);
};
