import { createServer } from 'node:net';
/** A TCP port of the loopback address that nobody listens on now. */
export const freePort = () => new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
});
//# sourceMappingURL=free-port.js.map