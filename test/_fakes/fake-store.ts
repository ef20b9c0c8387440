import { absent, type Removed, type Store, type Stored, type Written } from "../../automation/ports/store";

/** Keeps values in memory. Each call is one step, as it is for a real one. */
export class FakeStore implements Store {
  readonly place = "memory";
  readonly values = new Map<string, Stored>();
  /** Thrown by every call while it is set. */
  failure: Error | undefined;
  private writes = 0;

  async get(key: string): Promise<Stored | undefined> {
    this.check();
    return this.values.get(key);
  }

  async put(key: string, value: string, expected: string): Promise<Written> {
    this.check();
    if ((this.values.get(key)?.version ?? absent) !== expected) return { kind: "conflict" };
    this.writes += 1;
    const version = `v${this.writes}`;
    this.values.set(key, { value, version });
    return { kind: "ok", version };
  }

  async list(prefix: string): Promise<readonly string[]> {
    this.check();
    return [...this.values.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async delete(key: string, expected: string): Promise<Removed> {
    this.check();
    if (this.values.get(key)?.version !== expected) return { kind: "conflict" };
    this.values.delete(key);
    return { kind: "ok" };
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
