import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Answer, Caller, Input } from "../../model/service-api";
import type { TaskState } from "../life/task-state";
import { invalid, read, type ApiParts } from "./api-parts";
import { clusterToRead } from "./clusters";

const schema = z.object({
  cluster: z.string().optional(),
  containerInstance: z.string().optional(),
  family: z.string().optional(),
  startedBy: z.string().optional(),
  serviceName: z.string().optional(),
  daemonName: z.string().optional(),
  desiredStatus: z.enum(["RUNNING", "PENDING", "STOPPED"]).default("RUNNING"),
  launchType: z.enum(["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]).optional(),
  maxResults: z.number().int().optional(),
  nextToken: z.string().optional(),
});

type Request = z.output<typeof schema>;

/** Most tasks of one page, and how many there are when nobody asks for fewer (API reference, ListTasks). */
const pageSize = 100;

/** @throws AwsFault */
export async function listTasks({ moto, store, hasService }: ApiParts, input: Input, caller: Caller): Promise<Answer> {
  const request = read(schema, input);
  const { maxResults = pageSize, startedBy, serviceName } = request;
  if (maxResults < 1 || maxResults > pageSize) throw invalid(`maxResults must be between 1 and ${pageSize}.`);
  const { family, containerInstance } = request;
  if (startedBy !== undefined && [serviceName, family, containerInstance].some((one) => one !== undefined)) {
    throw invalid("startedBy cannot be combined with other filters.");
  }
  const cluster = await clusterToRead(moto, store, caller, request.cluster);
  const service = serviceName?.split("/").at(-1);
  if (service !== undefined && !hasService(caller, cluster, service)) {
    throw new AwsFault("ServiceNotFoundException", "Service not found.");
  }
  const states = store.in(caller).map(({ run }) => run.state);
  const wanted = states.filter((state) => state.order.clusterArn === cluster && fits(state, request, service));
  const from = startOf(request.nextToken);
  const page = wanted.slice(from, from + maxResults);
  const end = from + page.length;
  return {
    taskArns: page.map(({ arn }) => arn),
    nextToken: end < wanted.length ? Buffer.from(String(end)).toString("base64url") : undefined,
  };
}

function fits({ order, desired }: TaskState, request: Request, service: string | undefined): boolean {
  // There are no container instances and no daemons: Fargate has none to show.
  if (request.containerInstance !== undefined || request.daemonName !== undefined) return false;
  const family = order.taskDefinitionArn.split("/").at(-1)?.split(":")[0];
  const launchType = order.launchType ?? "FARGATE";
  return (
    desired === request.desiredStatus &&
    (request.family === undefined || request.family === family) &&
    (request.startedBy === undefined || request.startedBy === order.startedBy) &&
    (service === undefined || order.group === `service:${service}`) &&
    (request.launchType === undefined || request.launchType === launchType)
  );
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, "base64url").toString());
  if (!Number.isSafeInteger(start) || start < 1) throw invalid("Invalid token.");
  return start;
}
