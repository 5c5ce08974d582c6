import type { SqlPool } from '@slipway/event-store';

/** Things that are costly to make: made once, even when asked for by several at once, and remembered over restarts. */
export class MadeOnce {
  private readonly making = new Map<string, Promise<unknown>>();

  constructor(private readonly pool: SqlPool) {}

  /** `key` says how it is made: a change of the rule is a change of the key. A failure is not remembered. */
  async get<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
    const present = this.making.get(key) ?? this.findOrMake(key, make);
    this.making.set(key, present);
    try {
      return (await present) as Value;
    } catch (error) {
      this.making.delete(key);
      throw error;
    }
  }

  private async findOrMake<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
    const { rows } = await this.pool.query<{ value: Value }>({
      text: 'select value from image_builder.made where key = $1',
      values: [key],
    });
    if (rows[0]) return rows[0].value;
    const value = await make();
    await this.pool.query({
      text: `insert into image_builder.made (key, value) values ($1, $2)
             on conflict (key) do update set value = excluded.value`,
      values: [key, JSON.stringify(value)],
    });
    return value;
  }
}
