import { z } from "zod";
import { badFault, type FaultRequest } from "../fault-request";
import { scopeFor } from "../scope-for";
import { type FaultKind, type FaultOption, kind } from "./kind";

const where = ["account", "region"] as const satisfies readonly FaultOption[];

const name = z.string().min(1);

/** What is told as the reason, where AWS asks for one. */
const reason = "A fault of the sandbox";

/** TABLE of what is done once, behind the driver's back: drift, sabotage, mistakes of colleagues. */
export const actionKinds = {
  "alarm-forced": kind<string>({
    group: "action",
    summary: "An alarm is in ALARM (`--state`) whatever it measures, until this is cleared and it is evaluated again.",
    onAws: "SetAlarmState, again and again: on AWS the next evaluation undoes it.",
    value: { name: "alarm", schema: name },
    options: [...where, "state", "for"],
    async act(alarm, request, actions) {
      const { state = "ALARM" } = request;
      await actions.forceAlarm(scopeFor(request, actions), alarm, state, reason);
      return `${alarm} is in ${state}.`;
    },
    undo(alarm, request, actions) {
      const scope = scopeFor(request, actions);
      return () => actions.releaseAlarm(scope, alarm);
    },
  }),
  "change-weights": kind<string>({
    group: "action",
    summary: "A rule or listener gets other weights: `--weights <target group>=90,<target group>=10`.",
    onAws: "ModifyRule by hand: traffic that does not go where the driver left it.",
    value: { name: "rule", schema: z.string().startsWith("arn:", "must be the ARN of a rule or listener") },
    options: [...where, "weights"],
    async act(arn, request, actions) {
      const weights = weightsIn(request);
      await actions.setWeights(scopeFor(request, actions, arn), arn, weights);
      return `Weights of ${arn}: ${request.weights}.`;
    },
  }),
  "change-desired-count": kind<number>({
    group: "action",
    summary: "A service is told to run so many tasks: `--service <cluster>/<service>`.",
    onAws: "UpdateService by hand, or a scaling that nobody knows of.",
    value: { name: "count", schema: z.coerce.number().int().min(0).max(5000) },
    options: [...where, "service"],
    async act(desiredCount, request, actions) {
      await actions.updateService(scopeFor(request, actions), serviceIn(request), { desiredCount });
      return `${request.service} is to run ${desiredCount} tasks.`;
    },
  }),
  "change-task-definition": kind<string>({
    group: "action",
    summary: "A service is told to run another task definition: `--service <cluster>/<service>`.",
    onAws: "UpdateService by hand, or a second pipeline.",
    value: { name: "family:revision", schema: name },
    options: [...where, "service"],
    async act(taskDefinition, request, actions) {
      await actions.updateService(scopeFor(request, actions), serviceIn(request), { taskDefinition });
      return `${request.service} is to run ${taskDefinition}.`;
    },
  }),
  "stop-task": kind<string>({
    group: "action",
    summary: "A task is stopped.",
    onAws: "StopTask by hand.",
    value: { name: "task", schema: name },
    options: where,
    async act(task, request, actions) {
      await actions.stopTask(scopeFor(request, actions, task), task.split("/").at(-1) ?? task, reason);
      return `${task} is being stopped.`;
    },
  }),
  "stop-database": kind<string>({
    group: "action",
    summary: "A database is stopped, which takes it two minutes; it is started by StartDBInstance.",
    onAws: "StopDBInstance by hand: status `stopping`, then `stopped`.",
    value: { name: "instance", schema: name },
    options: where,
    async act(instance, request, actions) {
      await actions.stopDatabase(scopeFor(request, actions), instance);
      return `${instance} is being stopped.`;
    },
  }),
  "delete-image": kind<string>({
    group: "action",
    summary: "An image is deleted from ECR: `<repository>:<tag>`. `image-missing` only pretends to.",
    onAws: "BatchDeleteImage, or a lifecycle policy.",
    value: { name: "image", schema: z.string().regex(/^[^:]+:[^:/]+$/, "must be `<repository>:<tag>`") },
    options: where,
    async act(image, request, actions) {
      const [repository = "", tag = ""] = image.split(":");
      await actions.deleteImage(scopeFor(request, actions), repository, tag);
      return `${image} is gone.`;
    },
  }),
  "delete-secret": kind<string>({
    group: "action",
    summary: "A secret is deleted, without a way back.",
    onAws: "DeleteSecret: `Secrets Manager can't find the specified secret.`",
    value: { name: "secret", schema: name },
    options: where,
    async act(secret, request, actions) {
      await actions.deleteSecret(scopeFor(request, actions, secret), secret);
      return `${secret} is gone.`;
    },
  }),
  "drop-secret-key": kind<string>({
    group: "action",
    summary: "A secret that is JSON loses a key (`--key`), or has it under another name (`--to`).",
    onAws: "PutSecretValue without it: `retrieved secret from Secrets Manager did not contain json key <key>`.",
    value: { name: "secret", schema: name },
    options: [...where, "key", "to"],
    async act(secret, request, actions) {
      const { key, to } = request;
      if (key === undefined) throw badFault("drop-secret-key needs `--key`.");
      await actions.dropSecretKey(scopeFor(request, actions, secret), secret, key, to);
      return to === undefined ? `${secret} has no ${key} any more.` : `${key} of ${secret} is called ${to} now.`;
    },
  }),
} as const satisfies Record<string, FaultKind>;

function serviceIn({ service }: FaultRequest): { readonly cluster: string; readonly service: string } {
  const [cluster, found, ...rest] = service?.split("/") ?? [];
  if (!cluster || !found || rest.length > 0) throw badFault("It needs `--service <cluster>/<service>`.");
  return { cluster, service: found };
}

function weightsIn({ weights = "" }: FaultRequest): Readonly<Record<string, number>> {
  const parts = weights.split(",").map((part) => /^(.+)=(\d+)$/.exec(part.trim()));
  // ModifyRule: 0 to 999.
  if (parts.some((part) => part === null || Number(part[2]) > 999))
    throw badFault("It needs `--weights <target group>=<0 to 999>,...`.");
  return Object.fromEntries(parts.map((part) => [part?.[1] ?? "", Number(part?.[2])]));
}
