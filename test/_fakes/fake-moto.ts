import { AwsFault } from "../../sandbox/model/aws-fault";
import type { Moto } from "../../sandbox/model/moto";
import type { Scope } from "../../sandbox/model/scope";

type Fields = Readonly<Record<string, unknown>>;

/** Answers by `X-Amz-Target`, action of a query, or path of a door; remembers what it was asked. */
export class FakeMoto implements Moto {
  readonly calls: { readonly name: string; readonly scope?: Scope; readonly input: Fields }[] = [];

  constructor(private readonly answers: Record<string, (input: Fields, scope?: Scope) => Fields> = {}) {}

  async call(scope: Scope, _service: string, target: string, input: object): Promise<Fields> {
    return this.answer(target, input as Fields, scope);
  }

  async query(scope: Scope, service: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    this.answer(`${service}.${parameters["Action"]}`, parameters, scope);
  }

  async door(path: string, body: object): Promise<Fields> {
    return this.answer(path, body as Fields);
  }

  private answer(name: string, input: Fields, scope?: Scope): Fields {
    this.calls.push({ name, input, ...(scope ? { scope } : {}) });
    const answer = this.answers[name];
    if (!answer) throw new AwsFault("UnknownOperationException", `The fake has no answer for ${name}.`);
    return answer(input, scope);
  }
}
