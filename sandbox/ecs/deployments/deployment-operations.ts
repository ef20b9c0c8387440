import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import type { Answer, Caller, Input, Operation } from "../../model/service-api";
import type { Services } from "../model";
import type { ShiftController } from "../shifting/model";
import type { DeploymentStore } from "./deployment-store";
import { statuses, type ServiceDeploymentRecord } from "./model";
import { pageOf } from "./page";
import { createdBetween, optionalText, pageSize, requiredArns, requiredText, wantedStatuses } from "./requests";
import { tellBrief, tellDeployment } from "./tell-deployment";
import { tellRevision } from "./tell-revision";

export interface DeploymentApi {
  readonly clock: Pick<SandboxClock, "now">;
  readonly moto: Pick<Moto, "call">;
  /** Asked late: the services are made with the observer of these records. */
  readonly services: () => Pick<Services, "get" | "stop">;
  readonly shifts: Pick<ShiftController, "hooks" | "continue">;
  readonly store: DeploymentStore;
}

/** The operations about service deployments and revisions; nothing of them is known to moto. */
export function deploymentOperations(api: DeploymentApi): Record<string, Operation> {
  const own = (answer: (api: DeploymentApi, input: Input, caller: Caller) => Promise<Answer> | Answer): Operation => ({
    kind: "own",
    answer: (input, caller) => answer(api, input, caller),
  });
  return {
    ListServiceDeployments: own(list),
    DescribeServiceDeployments: own(describeDeployments),
    DescribeServiceRevisions: own(describeRevisions),
    StopServiceDeployment: own(stop),
    ContinueServiceDeployment: own(goOn),
  };
}

async function list({ services, store, moto }: DeploymentApi, input: Input, caller: Caller): Promise<Answer> {
  const name = requiredText(input, "service");
  const cluster = optionalText(input, "cluster") ?? clusterIn(name) ?? "default";
  const size = pageSize(input);
  const wanted = wantedStatuses(input);
  const { before, after } = createdBetween(input);
  const service = services().get(caller, cluster, name);
  if (!service) throw await notFound(moto, caller, cluster);
  const fitting = store
    .ofService(service.arn)
    .filter(({ status }) => !wanted || wanted.includes(status))
    .filter(({ createdAt }) => (!before || createdAt < before) && (!after || createdAt > after));
  const page = pageOf(fitting, ({ arn }) => arn, size, optionalText(input, "nextToken"));
  return { serviceDeployments: page.items.map(tellBrief), nextToken: page.nextToken };
}

/** `arn:aws:ecs:<region>:<account>:service/<cluster>/<service>` */
const clusterIn = (service: string): string | undefined => /:service\/([^/]+)\/[^/]+$/.exec(service)?.[1];

async function notFound(moto: Pick<Moto, "call">, scope: Scope, cluster: string): Promise<AwsFault> {
  const target = "AmazonEC2ContainerServiceV20141113.DescribeClusters";
  const { clusters } = await moto.call(scope, "ecs", target, { clusters: [cluster] });
  return Array.isArray(clusters) && clusters.length > 0
    ? new AwsFault("ServiceNotFoundException", "Service not found.")
    : new AwsFault("ClusterNotFoundException", "Cluster not found.");
}

function describeDeployments({ services, shifts, store }: DeploymentApi, input: Input, caller: Caller): Answer {
  const arns = requiredArns(input, "serviceDeploymentArns");
  const found = arns.map((arn) => ({ arn, record: inScope(store.deployment(arn), caller) }));
  return {
    serviceDeployments: found.flatMap(({ record }) => {
      if (!record) return [];
      const { isFinal } = statuses[record.status];
      const service = services().get(record, record.clusterArn, record.serviceArn);
      return [tellDeployment(record, service, isFinal ? [] : shifts.hooks(record.arn))];
    }),
    failures: found.flatMap(({ arn, record }) => (record ? [] : [missing(arn)])),
  };
}

function describeRevisions({ store }: DeploymentApi, input: Input, { account, region }: Caller): Answer {
  const arns = requiredArns(input, "serviceRevisionArns");
  const own = `:${region}:${account}:`;
  const found = arns.map((arn) => ({ arn, record: arn.includes(own) ? store.revision(arn) : undefined }));
  return {
    serviceRevisions: found.flatMap(({ record }) => (record ? [tellRevision(record)] : [])),
    failures: found.flatMap(({ arn, record }) => (record ? [] : [missing(arn)])),
  };
}

const missing = (arn: string): Answer => ({ arn, reason: "MISSING" });

function stop({ clock, services, store }: DeploymentApi, input: Input, caller: Caller): Answer {
  const { arn, status } = existing(store, input, caller);
  const type = optionalText(input, "stopType") ?? "ROLLBACK";
  if (type !== "ROLLBACK" && type !== "ABORT")
    throw new AwsFault("InvalidParameterException", "Invalid stopType. Valid values are: ABORT, ROLLBACK");
  // "The service deployment continues the rollback operation."
  if (goesBack.has(status)) return { serviceDeploymentArn: arn };
  const answer = statuses[status].isFinal ? "ended" : services().stop(arn, type);
  if (answer !== "taken")
    throw new AwsFault(
      "ConflictException",
      "Stopping a service deployment is not allowed for service deployment in terminal states.",
    );
  store.request(arn, type === "ABORT" ? "STOP_REQUESTED" : "ROLLBACK_REQUESTED", clock.now());
  return { serviceDeploymentArn: arn };
}

const goesBack: ReadonlySet<ServiceDeploymentRecord["status"]> = new Set([
  "STOP_REQUESTED",
  "ROLLBACK_REQUESTED",
  "ROLLBACK_IN_PROGRESS",
]);

/** The texts are from "Troubleshooting Amazon ECS blue/green deployments". */
function goOn({ shifts, store }: DeploymentApi, input: Input, caller: Caller): Answer {
  const { arn, status } = existing(store, input, caller);
  const refuse = (message: string) => new AwsFault("InvalidParameterException", message);
  const hookId = requiredText(input, "hookId");
  const action = optionalText(input, "action") ?? "CONTINUE";
  if (action !== "CONTINUE" && action !== "ROLLBACK")
    throw refuse("Invalid action. Valid values are: ROLLBACK, CONTINUE");
  if (!/^ecs-[a-z]+-[\w-]+$/.test(hookId))
    throw refuse("Invalid hookId: hookId must follow the format: ecs-{hookType}-{id}");
  if (statuses[status].isFinal)
    throw refuse("Continuing a service deployment is not allowed for service deployment in terminal states.");
  if (shifts.continue(arn, hookId, action) === "not-waiting")
    throw refuse("Provided hookId is either completed, unavailable, or not associated with the given Resource ARN");
  return { serviceDeploymentArn: arn };
}

function existing(store: DeploymentStore, input: Input, caller: Caller): ServiceDeploymentRecord {
  const record = inScope(store.deployment(requiredText(input, "serviceDeploymentArn")), caller);
  if (!record) throw new AwsFault("ServiceDeploymentNotFoundException", "The service deployment does not exist.");
  return record;
}

const inScope = (record: ServiceDeploymentRecord | undefined, { account, region }: Scope) =>
  record?.account === account && record.region === region ? record : undefined;
