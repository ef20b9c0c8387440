import { ownDatabase } from "../config/database";
import type { StackConfig } from "../config/schema";
import { attachmentName, attachmentsOf } from "../load-balancer/routes";
import { slotsOf, targetSlotsOf, type Slot } from "../releases";
import { suffixOf } from "../service/slots";
import { planAlarms, type AlarmsPlan, type Watched } from "./plan";

/**
 * The alarms that a configuration asks for, without the values that only AWS knows: for rules between values, and for
 * an ECS service that must name its alarms before they are made.
 *
 * @param prefix first part of every alarm's name
 */
export function configuredAlarms(config: StackConfig, prefix: string): AlarmsPlan<string> {
  const { rules } = config.alarms;
  return planAlarms({ rules, watched: watchedIn(config), prefix, storageGb: ownDatabase(config.database)?.storageGb });
}

/** Everything that alarms can watch. */
export function watchedIn({ loadBalancer, database, services }: StackConfig): readonly Watched<string>[] {
  const attachments = attachmentsOf(services);
  const slotsIn = (slots: readonly Slot[]): Watched<string>["slots"] =>
    slots.map((slot) => ({ suffix: suffixOf(slot), dimensions: {} }));
  const single = { name: "", slots: [{ suffix: "", dimensions: {} }] } as const;
  const served = [...new Set(attachments.map(({ service }) => service))];
  return [
    ...(loadBalancer === undefined ? [] : [{ scope: "loadBalancer", services: served, ...single } as const]),
    ...attachments.flatMap((attachment) => {
      const service = services[attachment.service];
      if (service === undefined) return [];
      return {
        scope: "targetGroup",
        name: attachmentName(attachment),
        services: [attachment.service],
        slots: slotsIn(targetSlotsOf(service)),
      } as const;
    }),
    ...Object.entries(services).map(
      ([name, service]) => ({ scope: "service", name, services: [name], slots: slotsIn(slotsOf(service)) }) as const,
    ),
    ...(database === undefined ? [] : [{ scope: "database", services: [], ...single } as const]),
  ];
}
