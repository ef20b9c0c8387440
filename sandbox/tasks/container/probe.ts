import { request } from "node:http";

/** Where something really listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Status that a place answers with; undefined when it does not answer in time.
 *
 * @param timeoutMs real time: it happens within one request
 */
export function statusOf(place: Place, path: string, timeoutMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request({ ...place, path, agent: false, headers: { "user-agent": "ecs-container-health-check" } });
    const timer = setTimeout(() => asked.destroy(), timeoutMs);
    const settle = (status: number | undefined): void => {
      clearTimeout(timer);
      resolve(status);
    };
    asked.once("response", (response) => {
      response.resume();
      settle(response.statusCode);
    });
    asked.once("error", () => settle(undefined));
    asked.once("close", () => settle(undefined));
    asked.end();
  });
}
