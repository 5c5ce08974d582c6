import { Migration } from '@mikro-orm/migrations';

/** What became of each request that came for a server function. */
export class CreateServerRequests extends Migration {
  override name = '2026-11-21-create-server-requests';

  override up(): void {
    this.addSql(`create table gateway.server_requests (
      request_id text primary key,
      function_id text not null,
      came_at bigint not null,
      duration_ms double precision not null,
      status integer not null,
      task_id text not null,
      route text not null)`);
    this.addSql(`create index server_requests_by_time on gateway.server_requests (function_id, came_at)`);
    this.addSql(`create index server_requests_by_age on gateway.server_requests (came_at)`);
  }
}
