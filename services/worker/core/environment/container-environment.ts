import type { ImageConfig, TaskAssignment } from '@slipway/contracts';

export type Environment = Readonly<Record<string, string>>;

/** Where a container finds its worker; the same in every container. */
export const CONTROL_FOLDER = '/run/slipway';
export const CONTROL_SOCKET = `${CONTROL_FOLDER}/control.sock`;
export const ARGUMENTS_FILE = `${CONTROL_FOLDER}/container-arguments`;

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** The user's files and the client package, in the order in which Python looks for modules. */
const MODULE_FOLDERS = ['/root', '/pkg'];

const pythonPath = (fromImage: string | undefined): string =>
  [...MODULE_FOLDERS, ...(fromImage === undefined || fromImage === '' ? [] : [fromImage])].join(':');

/**
 * The environment of a function's container. Later wins: defaults, the image's own, the user's secrets,
 * and last what the client's runtime must find as it is (client-protocol: inside the container).
 */
export const containerEnvironment = (
  assignment: TaskAssignment,
  image: ImageConfig,
  secrets: Environment,
  worker: Readonly<{ region?: string }>,
): Environment => {
  const chosen = {
    PATH: DEFAULT_PATH,
    HOME: '/root',
    LANG: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    ...image.env,
    ...secrets,
  };
  return {
    ...chosen,
    PYTHONPATH: pythonPath((chosen as Environment)['PYTHONPATH']),
    MODAL_SERVER_URL: `unix://${CONTROL_SOCKET}`,
    MODAL_CONTAINER_ARGUMENTS_PATH: ARGUMENTS_FILE,
    MODAL_TASK_ID: assignment.taskId,
    MODAL_IS_REMOTE: '1',
    MODAL_IMAGE_ID: assignment.imageId,
    MODAL_ENVIRONMENT: assignment.environment,
    MODAL_CLOUD_PROVIDER: 'CLOUD_PROVIDER_UNSPECIFIED',
    ...(worker.region !== undefined && { MODAL_REGION: worker.region }),
  };
};

/** The environment of a build step: the image's as it is so far, and the step's secrets. */
export const buildEnvironment = (image: Environment, secrets: Environment): Environment => ({
  PATH: DEFAULT_PATH,
  HOME: '/root',
  DEBIAN_FRONTEND: 'noninteractive',
  ...image,
  ...secrets,
});

/** The environment of a sandbox: the image's and the user's own. It speaks to no worker, so it is told of none. */
export const sandboxEnvironment = (
  taskId: string,
  image: Environment,
  secrets: Environment,
): Environment => ({
  PATH: DEFAULT_PATH,
  HOME: '/root',
  LANG: 'C.UTF-8',
  ...image,
  ...secrets,
  MODAL_TASK_ID: taskId,
});
