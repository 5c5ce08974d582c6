import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

export type Sealed = Readonly<{ keyId: string; nonce: Uint8Array; sealed: Uint8Array }>;
export type Variables = Readonly<Record<string, string>>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the master key, bound to the secret's id so that rows cannot be exchanged. */
export class SecretCipher {
  private readonly keyId: string;
  private readonly keys: ReadonlyMap<string, Buffer>;

  /** Seals under the master key; what former keys sealed is still opened. */
  constructor(masterKeyHex: string, formerKeysHex: readonly string[] = []) {
    const keys = [masterKeyHex, ...formerKeysHex].map((hex) => Buffer.from(hex, 'hex'));
    this.keys = new Map(keys.map((key) => [idOfKey(key), key]));
    this.keyId = idOfKey(Buffer.from(masterKeyHex, 'hex'));
  }

  seal(secretId: string, variables: Variables): Sealed {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keyOf(secretId, this.keyId), nonce).setAAD(
      Buffer.from(secretId),
    );
    const text = Buffer.concat([cipher.update(JSON.stringify(variables)), cipher.final()]);
    return { keyId: this.keyId, nonce, sealed: Buffer.concat([text, cipher.getAuthTag()]) };
  }

  /** Throws where the row was changed or another key sealed it. */
  open(secretId: string, { keyId, nonce, sealed }: Sealed): Variables {
    const decipher = createDecipheriv('aes-256-gcm', this.keyOf(secretId, keyId), nonce)
      .setAAD(Buffer.from(secretId))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString()) as Variables;
  }

  /** The same for the same variables of one workspace; without the master key it tells nothing of them, not even to who guesses. */
  fingerprint(workspaceId: string, variables: Variables): string {
    const { keyId } = this;
    const key = createHmac('sha256', this.keyOf('', keyId)).update(`fingerprints of ${workspaceId}`).digest();
    const sorted = Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return createHmac('sha256', key).update(JSON.stringify(sorted)).digest('hex');
  }

  private keyOf(secretId: string, keyId: string): Buffer {
    const key = this.keys.get(keyId);
    if (key === undefined)
      throw new Error(
        `secret ${secretId} was sealed under key ${keyId}, but SLIPWAY_MASTER_KEY is key ${this.keyId} and SLIPWAY_FORMER_MASTER_KEYS does not hold it`,
      );
    return key;
  }
}

const idOfKey = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);
