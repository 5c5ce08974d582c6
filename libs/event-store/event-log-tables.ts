/**
 * The log of record of one service and what belongs to it.
 * `position` is given by the one writer of a shard, without gaps; `commit` names the append that wrote the row,
 * so that an append whose answer was lost can find out that it had succeeded.
 */
export const eventLogTables = (schema: string): string => `
  create table if not exists "${schema}".events (
    position bigint primary key,
    stream text not null,
    version integer not null,
    type text not null,
    data json not null,
    at bigint not null,
    commit uuid not null,
    unique (stream, version)
  );
  create table if not exists "${schema}".shard_lease (
    shard text primary key,
    epoch bigint not null,
    holder text not null,
    expires_at timestamptz not null
  );
  create table if not exists "${schema}".snapshot (
    shard text primary key,
    position bigint not null,
    state json not null,
    taken_at timestamptz not null default now()
  );
  alter table "${schema}".snapshot add column if not exists save uuid;
  create table if not exists "${schema}".snapshot_part (
    shard text not null,
    position bigint not null,
    save uuid not null,
    number integer not null,
    field text not null,
    value json not null,
    primary key (shard, save, number)
  );`;
