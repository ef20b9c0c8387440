import {
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  type Rule,
  SetRulePrioritiesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HandlerContext } from "../../handler";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, type Tagged } from "../tags";
import { elbTags, elbTagsFor, retagElb } from "./elb-tags";
import { fromActions, type LbAction, toActions } from "./lb-actions";
import { fromConditions, type LbCondition, toConditions } from "./lb-conditions";

interface ListenerRuleInputs extends Tagged {
  readonly listenerArn: string;
  readonly priority?: number;
  readonly actions: readonly LbAction[];
  readonly conditions: readonly LbCondition[];
}

/** `aws:lb/listenerRule:ListenerRule` */
export const listenerRule = defineHandler<ListenerRuleInputs>({
  async create(inputs, context) {
    const command = new CreateRuleCommand({
      ListenerArn: inputs.listenerArn,
      Priority: inputs.priority ?? (await nextPriority(inputs.listenerArn, context)),
      Actions: toActions(inputs.actions),
      Conditions: toConditions(inputs.conditions),
      ...elbTagsFor(inputs),
    });
    const { Rules = [] } = await context.client(ElasticLoadBalancingV2Client).send(command);
    return Rules[0]?.RuleArn ?? "";
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: id,
      listenerArn: listenerOf(id),
      priority: Number(found.Priority),
      actions: fromActions(found.Actions, known.actions),
      conditions: fromConditions(found.Conditions),
      ...foundTags(known, await elbTags(id, context)),
    };
  },

  async change(id, state, inputs, context) {
    const elb = context.client(ElasticLoadBalancingV2Client);
    if (inputs.priority !== undefined && state.priority !== inputs.priority) {
      const RulePriorities = [{ RuleArn: id, Priority: inputs.priority }];
      await elb.send(new SetRulePrioritiesCommand({ RulePriorities }));
    }
    if (!isSame(state.actions, inputs.actions) || !isSame(state.conditions, inputs.conditions)) {
      const [Actions, Conditions] = [toActions(inputs.actions), toConditions(inputs.conditions)];
      await elb.send(new ModifyRuleCommand({ RuleArn: id, Actions, Conditions }));
    }
    await retagElb(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(
      () => context.client(ElasticLoadBalancingV2Client).send(new DeleteRuleCommand({ RuleArn: id })),
      context,
      id,
    ),
});

async function describe(arn: string, context: HandlerContext): Promise<Rule | undefined> {
  const command = new DescribeRulesCommand({ RuleArns: [arn] });
  return (await orMissing(context.client(ElasticLoadBalancingV2Client).send(command)))?.Rules?.[0];
}

/** `...:listener-rule/app/<lb>/<id>/<listener>/<rule>` belongs to `...:listener/app/<lb>/<id>/<listener>`. */
function listenerOf(ruleArn: string): string {
  return ruleArn.slice(0, ruleArn.lastIndexOf("/")).replace(":listener-rule/", ":listener/");
}

/** Without a priority a rule comes last. */
async function nextPriority(listenerArn: string, context: HandlerContext): Promise<number> {
  const command = new DescribeRulesCommand({ ListenerArn: listenerArn });
  const { Rules = [] } = await context.client(ElasticLoadBalancingV2Client).send(command);
  return Math.max(0, ...Rules.map(({ Priority }) => Number(Priority)).filter(Number.isFinite)) + 1;
}
