import {
  CreateDBParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  ModifyDBParameterGroupCommand,
  type Parameter,
  RDSClient,
  ResetDBParameterGroupCommand,
} from "@aws-sdk/client-rds";
import type { HandlerContext } from "../../handler";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, tagList, type Tagged } from "../tags";
import { rdsTags, retagRds } from "./rds-tags";

interface DbParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod?: "immediate" | "pending-reboot";
}

interface ParameterGroupInputs extends Tagged {
  readonly name: string;
  readonly family: string;
  readonly description: string;
  readonly parameters?: readonly DbParameter[];
  readonly skipDestroy?: boolean;
}

/** AWS takes so many parameters a call. */
const batchSize = 20;

/** `aws:rds/parameterGroup:ParameterGroup` */
export const rdsParameterGroup = defineHandler<ParameterGroupInputs>({
  async create(inputs, context) {
    await context.client(RDSClient).send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName: inputs.name,
        DBParameterGroupFamily: inputs.family,
        Description: inputs.description,
        Tags: tagList(inputs.tagsAll),
      }),
    );
    return inputs.name;
  },

  complete: (id, inputs, context) => setParameters(id, inputs.parameters ?? [], context),

  async find(id, known, context) {
    const rds = context.client(RDSClient);
    const command = new DescribeDBParameterGroupsCommand({ DBParameterGroupName: id });
    const found = (await orMissing(rds.send(command)))?.DBParameterGroups?.[0];
    if (!found) return undefined;
    const arn = found.DBParameterGroupArn ?? regionalArn("rds", `pg:${id}`, context);
    return {
      arn,
      name: found.DBParameterGroupName,
      family: found.DBParameterGroupFamily,
      description: found.Description,
      parameters: await ownParameters(id, context),
      ...foundTags(known, await rdsTags(arn, context)),
    };
  },

  async change(id, state, inputs, context) {
    const [old, wanted] = [state.parameters ?? [], inputs.parameters ?? []];
    const gone = old.filter(({ name }) => !wanted.some((other) => other.name === name));
    await resetParameters(id, gone, context);
    await setParameters(
      id,
      wanted.filter((one) => !old.some((other) => isSame(one, other))),
      context,
    );
    await retagRds(regionalArn("rds", `pg:${id}`, context), state, inputs, context);
  },

  async remove(id, { skipDestroy }, context) {
    if (skipDestroy) return;
    const command = new DeleteDBParameterGroupCommand({ DBParameterGroupName: id });
    await removeWhenFree(() => context.client(RDSClient).send(command), context, id);
  },
});

async function setParameters(name: string, parameters: readonly DbParameter[], context: HandlerContext): Promise<void> {
  for (const batch of batches(parameters)) {
    const command = new ModifyDBParameterGroupCommand({ DBParameterGroupName: name, Parameters: batch });
    await context.client(RDSClient).send(command);
  }
}

async function resetParameters(
  name: string,
  parameters: readonly DbParameter[],
  context: HandlerContext,
): Promise<void> {
  for (const batch of batches(parameters)) {
    const command = new ResetDBParameterGroupCommand({ DBParameterGroupName: name, Parameters: batch });
    await context.client(RDSClient).send(command);
  }
}

function batches(parameters: readonly DbParameter[]): Parameter[][] {
  const all = parameters.map(({ name, value, applyMethod = "immediate" }) => ({
    ParameterName: name,
    ParameterValue: value,
    ApplyMethod: applyMethod,
  }));
  return Array.from({ length: Math.ceil(all.length / batchSize) }, (_, at) =>
    all.slice(at * batchSize, (at + 1) * batchSize),
  );
}

/** Only the parameters that somebody set; the family's own defaults run to hundreds. */
async function ownParameters(name: string, context: HandlerContext): Promise<readonly DbParameter[]> {
  const command = new DescribeDBParametersCommand({ DBParameterGroupName: name, Source: "user" });
  const { Parameters = [] } = await context.client(RDSClient).send(command);
  return Parameters.filter(({ ParameterName, ParameterValue }) => ParameterName && ParameterValue !== undefined).map(
    (one) => ({
      name: one.ParameterName ?? "",
      value: one.ParameterValue ?? "",
      applyMethod: one.ApplyMethod ?? "immediate",
    }),
  );
}
