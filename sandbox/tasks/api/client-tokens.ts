import { AwsFault } from "../../model/aws-fault";

/** As many are remembered: the oldest is forgotten, as AWS forgets them after a time. */
const remembered = 1_000;

interface Asked<T> {
  readonly request: string;
  readonly answer: Promise<T>;
}

/** Requests by their client token: a client that did not hear the answer asks again, and must not start things twice. */
export class ClientTokens<T> {
  private readonly asked = new Map<string, Asked<T>>();

  /**
   * Does `work` unless this request has been made already; then gives what came of it.
   *
   * @param key whose token it is, and the token
   * @throws AwsFault when the token belongs to another request
   */
  async once(key: string, request: string, work: () => Promise<T>): Promise<T> {
    const before = this.asked.get(key);
    if (before && before.request !== request) {
      throw new AwsFault(
        "ConflictException",
        "The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a different RunTask request.",
      );
    }
    if (before) return before.answer;
    const [oldest] = this.asked.keys();
    if (this.asked.size >= remembered && oldest !== undefined) this.asked.delete(oldest);
    const answer = work();
    this.asked.set(key, { request, answer });
    // A request that was refused can be made again.
    answer.catch(() => this.asked.delete(key));
    return answer;
  }
}
