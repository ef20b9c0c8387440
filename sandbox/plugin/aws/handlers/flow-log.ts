import {
  CreateFlowLogsCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  EC2Client,
  type FlowLog,
  type FlowLogsResourceType,
  type LogDestinationType,
  type TrafficType,
} from "@aws-sdk/client-ec2";
import type { HandlerContext } from "../../handler";
import { regionalArn } from "../arn";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";

interface FlowLogInputs extends Tagged {
  readonly vpcId?: string;
  readonly subnetId?: string;
  readonly eniId?: string;
  readonly trafficType?: TrafficType;
  readonly logDestinationType?: LogDestinationType;
  readonly logDestination?: string;
  readonly iamRoleArn?: string;
  readonly logFormat?: string;
  readonly maxAggregationInterval?: number;
}

/** `aws:ec2/flowLog:FlowLog`. Every change but of tags replaces. */
export const flowLog = defineHandler<FlowLogInputs>({
  async create(inputs, context) {
    const { id: resourceId, type } = watched(inputs);
    const { FlowLogIds = [], Unsuccessful = [] } = await context.client(EC2Client).send(
      new CreateFlowLogsCommand({
        ResourceIds: [resourceId],
        ResourceType: type,
        TrafficType: inputs.trafficType,
        LogDestinationType: inputs.logDestinationType,
        LogDestination: inputs.logDestination,
        DeliverLogsPermissionArn: inputs.iamRoleArn,
        LogFormat: inputs.logFormat,
        MaxAggregationInterval: inputs.maxAggregationInterval,
        ...tagsFor("vpc-flow-log", inputs),
      }),
    );
    // AWS answers 200 with the refusal inside.
    const refusal = Unsuccessful[0]?.Error;
    if (refusal) throw Object.assign(new Error(refusal.Message), { name: refusal.Code ?? "UnsuccessfulItem" });
    return FlowLogIds[0] ?? "";
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `vpc-flow-log/${id}`, context),
      ...watchedBy(found.ResourceId ?? ""),
      trafficType: found.TrafficType,
      logDestinationType: found.LogDestinationType ?? "cloud-watch-logs",
      logDestination: found.LogDestination ?? logGroupArn(found.LogGroupName, context),
      iamRoleArn: found.DeliverLogsPermissionArn,
      logFormat: found.LogFormat,
      maxAggregationInterval: found.MaxAggregationInterval,
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  change: (id, state, inputs, context) => retagEc2(id, state, inputs, context),

  async remove(id, _state, context) {
    await orMissing(context.client(EC2Client).send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })));
  },
});

async function describe(id: string, context: HandlerContext): Promise<FlowLog | undefined> {
  const command = new DescribeFlowLogsCommand({ FlowLogIds: [id] });
  return (await orMissing(context.client(EC2Client).send(command)))?.FlowLogs?.[0];
}

function watched({ vpcId, subnetId, eniId }: FlowLogInputs): {
  readonly id: string;
  readonly type: FlowLogsResourceType;
} {
  if (vpcId) return { id: vpcId, type: "VPC" };
  return subnetId ? { id: subnetId, type: "Subnet" } : { id: eniId ?? "", type: "NetworkInterface" };
}

function watchedBy(resourceId: string): Pick<FlowLogInputs, "vpcId" | "subnetId" | "eniId"> {
  if (resourceId.startsWith("vpc-")) return { vpcId: resourceId };
  return resourceId.startsWith("subnet-") ? { subnetId: resourceId } : { eniId: resourceId };
}

/** AWS may tell the log group by its name only. */
function logGroupArn(name: string | undefined, context: HandlerContext): string | undefined {
  if (!name) return undefined;
  return name.startsWith("arn:") ? name : regionalArn("logs", `log-group:${name}`, context);
}
