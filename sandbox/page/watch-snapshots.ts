import type { Snapshot } from "../model/snapshot";

/**
 * Follows the states of a running sandbox. What breaks is not told: whoever watches does something else that must not
 * fail for it.
 *
 * @param endpoint `http://127.0.0.1:<port>`
 * @returns resolves with the first state, or with undefined when there is none within two seconds
 */
export async function watchSnapshots(
  endpoint: string,
  see: (snapshot: Snapshot) => void,
  stop: AbortSignal,
): Promise<Snapshot | undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), firstMs).unref();
    const follow = async (): Promise<void> => {
      const { body } = await fetch(`${endpoint}/_slipway/events`, { signal: stop });
      for await (const data of eventData(body as unknown as AsyncIterable<Uint8Array>)) {
        const snapshot = JSON.parse(data) as Snapshot;
        see(snapshot);
        resolve(snapshot);
      }
    };
    follow().catch(() => resolve(undefined));
  });
}

const firstMs = 2_000;

/** The data of server-sent events, one text for each; comments and other fields are left out. */
export async function* eventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data: "));
      if (data.length > 0) yield data.map((line) => line.slice("data: ".length)).join("\n");
    }
  }
}
