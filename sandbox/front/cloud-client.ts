import type { CloudAddress } from "./call";

/** Sends JSON to moto's own side doors and gives what it answered. */
export async function postToCloud(
  { host, port }: CloudAddress,
  path: string,
  body: string,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(`http://${host}:${port}${path}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
