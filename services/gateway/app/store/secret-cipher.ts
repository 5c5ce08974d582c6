import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export type Sealed = Readonly<{ keyId: string; nonce: Uint8Array; sealed: Uint8Array }>;
export type Variables = Readonly<Record<string, string>>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the master key, bound to the secret's id so that rows cannot be exchanged. */
export class SecretCipher {
  private readonly key: Buffer;
  private readonly keyId: string;

  constructor(masterKeyHex: string) {
    this.key = Buffer.from(masterKeyHex, 'hex');
    this.keyId = createHash('sha256').update(this.key).digest('hex').slice(0, 8);
  }

  seal(secretId: string, variables: Variables): Sealed {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(secretId));
    const text = Buffer.concat([cipher.update(JSON.stringify(variables)), cipher.final()]);
    return { keyId: this.keyId, nonce, sealed: Buffer.concat([text, cipher.getAuthTag()]) };
  }

  /** Throws where the row was changed or another key sealed it. */
  open(secretId: string, { keyId, nonce, sealed }: Sealed): Variables {
    if (keyId !== this.keyId)
      throw new Error(
        `secret ${secretId} was sealed under key ${keyId}, but SLIPWAY_MASTER_KEY is key ${this.keyId}`,
      );
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce)
      .setAAD(Buffer.from(secretId))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString()) as Variables;
  }
}
