import { isIP } from "node:net";
import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Answer, Input, Operation } from "../../model/service-api";
import type { TargetHealth } from "../../model/targets";
import type { Group } from "../groups/group";
import type { TargetBook } from "../groups/target-book";
import { targetKey } from "../groups/target";
import { told } from "../health/verdict";
import { within } from "./check-actions";
import { integer, read } from "./input";

const request = z.object({
  TargetGroupArn: z.string(),
  Targets: z.array(z.object({ Id: z.string(), Port: integer.optional() })).default([]),
});

const needsTargets = request.extend({ Targets: request.shape.Targets.unwrap().min(1, "Member must not be null") });

/** Operations on targets: moto knows neither their health nor their ends. */
export function targetOperations(book: TargetBook): Readonly<Record<string, Operation>> {
  return {
    RegisterTargets: { kind: "own", answer: (input) => register(book, input) },
    DeregisterTargets: { kind: "own", answer: (input) => deregister(book, input) },
    DescribeTargetHealth: { kind: "own", answer: (input) => describe(book, input) },
  };
}

function register(book: TargetBook, input: Input): Answer {
  const { TargetGroupArn, Targets } = read(needsTargets, input);
  const group = book.need(TargetGroupArn);
  // All or none: what is refused leaves nothing behind.
  for (const { Id, Port } of Targets) {
    if (Port !== undefined) within(Port, 1, 65_535, "targets.1.member.port");
    if (group.settings.targetType === "ip" && isIP(Id) === 0) {
      throw new AwsFault("InvalidTarget", `The following targets are not valid IP addresses: '${Id}'`);
    }
    const before = group.targets.get(targetKey(Id, Port ?? group.settings.port));
    if (before?.isDraining) {
      throw new AwsFault(
        "InvalidTarget",
        `The following targets are still being deregistered and cannot be registered: '${Id}'`,
      );
    }
  }
  for (const { Id, Port } of Targets) book.register(TargetGroupArn, { id: Id, port: Port ?? group.settings.port });
  return {};
}

/** Without a port, all of its ports leave. */
function deregister(book: TargetBook, input: Input): Answer {
  const { TargetGroupArn, Targets } = read(needsTargets, input);
  const group = book.need(TargetGroupArn);
  for (const { Id, Port } of Targets) {
    for (const target of [...group.targets.values()]) {
      if (target.id === Id && (Port === undefined || target.port === Port)) book.deregister(TargetGroupArn, target);
    }
  }
  return {};
}

function describe(book: TargetBook, input: Input): Answer {
  const { TargetGroupArn, Targets } = read(request, input);
  const group = book.need(TargetGroupArn);
  const known = book.health(TargetGroupArn);
  const asked = Targets.flatMap(({ Id, Port }): TargetHealth[] => {
    const found = known.filter(({ id, port }) => id === Id && (Port === undefined || port === Port));
    return found.length > 0 ? found : [{ id: Id, port: Port ?? group.settings.port, ...told.notRegistered }];
  });
  return { TargetHealthDescriptions: (Targets.length > 0 ? asked : known).map((one) => description(one, group)) };
}

function description({ id, port, state, reason, description: text }: TargetHealth, group: Group): Answer {
  return {
    Target: { Id: id, Port: port },
    // Nothing is checked there, so there is no port to be checked.
    HealthCheckPort: state === "unused" ? undefined : String(group.settings.check.port ?? port),
    TargetHealth: { State: state, Reason: reason, Description: text },
  };
}
