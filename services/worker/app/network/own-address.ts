import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';

const LOOPBACK = '127.0.0.1';
/** The discard service: whichever port it is, nothing is sent there. */
const ANY_PORT = 9;

/**
 * The address of this machine on its way to the host of a URL, or 127.0.0.1 where that host is this machine. Connecting a datagram socket
 * asks the kernel for the way and sends nothing. Throws where the name is not known or no way leads there.
 */
export const addressTowards = async (url: string): Promise<string> => {
  const { address, family } = await lookup(new URL(url).hostname.replaceAll(/[[\]]/g, ''));
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    socket.connect(ANY_PORT, address);
    await once(socket, 'connect');
    const own = socket.address().address;
    return own === socket.remoteAddress().address ? LOOPBACK : own;
  } finally {
    socket.close();
  }
};
