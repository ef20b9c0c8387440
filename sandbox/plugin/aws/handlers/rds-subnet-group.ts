import {
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBSubnetGroupCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, tagList, type Tagged } from "../tags";
import { rdsTags, retagRds } from "./rds-tags";

interface SubnetGroupInputs extends Tagged {
  readonly name: string;
  readonly description: string;
  readonly subnetIds: readonly string[];
}

/** `aws:rds/subnetGroup:SubnetGroup` */
export const rdsSubnetGroup = defineHandler<SubnetGroupInputs>({
  async create(inputs, context) {
    const { DBSubnetGroup } = await context.client(RDSClient).send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: inputs.name,
        DBSubnetGroupDescription: inputs.description,
        SubnetIds: [...inputs.subnetIds],
        Tags: tagList(inputs.tagsAll),
      }),
    );
    return DBSubnetGroup?.DBSubnetGroupName ?? inputs.name;
  },

  async find(id, known, context) {
    const command = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: id });
    const found = (await orMissing(context.client(RDSClient).send(command)))?.DBSubnetGroups?.[0];
    if (!found) return undefined;
    const arn = found.DBSubnetGroupArn ?? regionalArn("rds", `subgrp:${id}`, context);
    return {
      arn,
      name: found.DBSubnetGroupName,
      description: found.DBSubnetGroupDescription,
      subnetIds: (found.Subnets ?? []).map(({ SubnetIdentifier }) => SubnetIdentifier ?? ""),
      vpcId: found.VpcId,
      supportedNetworkTypes: found.SupportedNetworkTypes ?? ["IPV4"],
      ...foundTags(known, await rdsTags(arn, context)),
    };
  },

  async change(id, state, inputs, context) {
    if (state.description !== inputs.description || !isSame(state.subnetIds, inputs.subnetIds)) {
      const command = new ModifyDBSubnetGroupCommand({
        DBSubnetGroupName: id,
        DBSubnetGroupDescription: inputs.description,
        SubnetIds: [...inputs.subnetIds],
      });
      await context.client(RDSClient).send(command);
    }
    await retagRds(regionalArn("rds", `subgrp:${id}`, context), state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(
      () => context.client(RDSClient).send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })),
      context,
      id,
    ),
});
