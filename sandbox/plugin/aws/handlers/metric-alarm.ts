import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import type { HandlerContext } from "../../handler";
import { regionalArn } from "../arn";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, fromTagList, retag, tagList, type Tags } from "../tags";
import { fromAlarm, type MetricAlarmInputs, toAlarm } from "./metric-alarm-shape";

/** `aws:cloudwatch/metricAlarm:MetricAlarm` */
export const metricAlarm = defineHandler<MetricAlarmInputs>({
  async create(inputs, context) {
    const command = new PutMetricAlarmCommand({ ...toAlarm(inputs), Tags: tagList(inputs.tagsAll) });
    await context.client(CloudWatchClient).send(command);
    return inputs.name;
  },

  async find(id, known, context) {
    const command = new DescribeAlarmsCommand({ AlarmNames: [id], AlarmTypes: ["MetricAlarm"] });
    const found = (await context.client(CloudWatchClient).send(command)).MetricAlarms?.[0];
    if (!found) return undefined;
    return { ...fromAlarm(found), ...foundTags(known, await tagsOf(arnOf(id, context), context)) };
  },

  async change(id, state, inputs, context) {
    const cloudWatch = context.client(CloudWatchClient);
    if (!isSame(toAlarm({ ...required(inputs), ...state }), toAlarm(inputs))) {
      await cloudWatch.send(new PutMetricAlarmCommand(toAlarm(inputs)));
    }
    const ResourceARN = arnOf(id, context);
    await retag(state, inputs, {
      put: (tags) => cloudWatch.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags) })),
      drop: (TagKeys) => cloudWatch.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    });
  },

  async remove(id, _state, context) {
    await orMissing(context.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] })));
  },
});

const arnOf = (name: string, context: HandlerContext): string => regionalArn("cloudwatch", `alarm:${name}`, context);

async function tagsOf(ResourceARN: string, context: HandlerContext): Promise<Tags> {
  const answer = await context.client(CloudWatchClient).send(new ListTagsForResourceCommand({ ResourceARN }));
  return fromTagList(answer.Tags);
}

/** What no alarm is without, so that an incomplete state can still be compared. */
function required({ name, comparisonOperator, evaluationPeriods }: MetricAlarmInputs): MetricAlarmInputs {
  return { name, comparisonOperator, evaluationPeriods };
}
