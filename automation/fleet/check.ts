import type { Context } from "../context";
import { exitCodes, usageError } from "../model/errors";
import { redact } from "../model/redact";
import type { Report } from "../model/report";
import { checkInstance } from "./check-instance";
import { fleetOf } from "./fleet-of";

/** Whether one instance is healthy with the version that it remembers. */
export async function fleetCheck(
  context: Pick<Context, "config" | "instances" | "http">,
  component: string,
  instance: string,
): Promise<Report> {
  const { config, instances } = context;
  const fleet = fleetOf(config, component);
  const known = (await instances.describe(component, fleet)).map(({ id }) => id);
  if (!known.includes(instance))
    throw usageError(`\`${instance}\` is no instance of ${component}.`, `Choose of: ${known.join(", ")}.`);
  const version = await instances.currentVersion(component, instance);
  const answer = await checkInstance(context, component, fleet, instance, version ?? "");
  const data = { component, instance, version };
  if (answer.kind === "ok")
    return {
      summary: `${instance} is healthy with ${component} ${version ?? "(unknown version)"}.`,
      data: { healthy: true, ...data },
    };
  const text = redact(answer.text);
  return {
    summary: `${instance} is not healthy with ${component} ${version ?? "(unknown version)"}: ${text}`,
    data: { healthy: false, found: text, ...data },
    exitCode: exitCodes.unhealthy,
  };
}
