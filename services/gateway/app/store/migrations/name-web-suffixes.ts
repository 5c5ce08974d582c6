import { Migration } from '@mikro-orm/migrations';

/** Web addresses follow from an environment's suffix alone: each keeps those that it had by its name, or as the default. */
export class NameWebSuffixes extends Migration {
  override name = '2026-11-24-name-web-suffixes';

  override up(): void {
    this.addSql(`update gateway.environments e set web_suffix = e.name from gateway.workspaces w
      where w.workspace_id = e.workspace_id and e.web_suffix = '' and e.name <> w.default_environment`);
  }
}
