import { exchange } from './exchange.ts';

/** Signs in and pings; `-LOADING` while the server reads its data. */
export const probeRedis = async (port: number, password: string, timeoutMs: number): Promise<string> => {
  const answer = (await exchange(port, `AUTH ${password}\r\n`, timeoutMs)).toString();
  return answer.startsWith('+OK') ? 'ready' : answer.split('\r\n')[0]!.slice(1);
};
