/** An S3 server for specs; the package tells no types. */
declare module 's3rver' {
  import type { AddressInfo } from 'node:net';

  export default class S3rver {
    constructor(
      options: Readonly<{
        port: number;
        address: string;
        silent: boolean;
        directory: string;
        configureBuckets: readonly Readonly<{ name: string; configs: readonly string[] }>[];
      }>,
    );
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}
