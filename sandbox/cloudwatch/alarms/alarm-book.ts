import { type Scope, scopeKey } from "../../model/scope";
import type { Alarm, Standing } from "./alarm";

/** All alarms of all accounts, as they stand. */
export class AlarmBook {
  /** By ARN: states that a fault holds them in, whatever they measure. */
  readonly forced = new Map<string, Pick<Standing, "value" | "reason">>();
  private readonly scopes = new Map<string, Map<string, Alarm>>();

  get(scope: Scope, name: string): Alarm | undefined {
    return this.scopes.get(scopeKey(scope))?.get(name);
  }

  /** By name or by ARN, as rules and tags name alarms. */
  find(scope: Scope, nameOrArn: string): Alarm | undefined {
    const found = this.get(scope, nameOrArn);
    if (found || !nameOrArn.startsWith("arn:")) return found;
    const named = this.get(scope, nameOrArn.split(":").slice(6).join(":"));
    return named?.arn === nameOrArn ? named : undefined;
  }

  save(alarm: Alarm): void {
    const key = scopeKey(alarm.scope);
    let alarms = this.scopes.get(key);
    if (!alarms) this.scopes.set(key, (alarms = new Map<string, Alarm>()));
    alarms.set(alarm.settings.AlarmName, alarm);
  }

  remove(alarm: Alarm): void {
    this.scopes.get(scopeKey(alarm.scope))?.delete(alarm.settings.AlarmName);
  }

  /** By name. */
  list(scope: Scope): readonly Alarm[] {
    const alarms = [...(this.scopes.get(scopeKey(scope))?.values() ?? [])];
    return alarms.sort((a, b) => (a.settings.AlarmName < b.settings.AlarmName ? -1 : 1));
  }

  everywhere(): readonly Alarm[] {
    return [...this.scopes.values()].flatMap((alarms) => [...alarms.values()]);
  }
}
