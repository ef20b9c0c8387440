import { mockAccount, mockRegion } from "./mock-outputs";
import type { Properties } from "./recorded";

/** Answer to a provider function, or how to make it from the arguments. */
export type CallAnswer = Properties | ((inputs: Properties) => Properties);

/** What provider functions answer unless a test says otherwise. */
export const defaultAnswers: Readonly<Record<string, CallAnswer>> = {
  "aws:index/getRegion:getRegion": { id: mockRegion, name: mockRegion, region: mockRegion },
  "aws:index/getPartition:getPartition": { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" },
  "aws:index/getCallerIdentity:getCallerIdentity": {
    id: mockAccount,
    accountId: mockAccount,
    arn: `arn:aws:iam::${mockAccount}:user/deployer`,
    userId: "AIDAEXAMPLE",
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    id: mockRegion,
    names: ["a", "b", "c"].map((letter) => `${mockRegion}${letter}`),
    zoneIds: ["euc1-az2", "euc1-az3", "euc1-az1"],
  },
  "aws:ec2/getVpc:getVpc": ({ id }) => ({ id, cidrBlock: "172.31.0.0/16" }),
  // A stack that was never deployed has no outputs and no resources.
  "pulumi:pulumi:readStackResourceOutputs": ({ stackName }) => ({ name: stackName, outputs: {} }),
  "pulumi:pulumi:readStackOutputs": ({ name }) => ({ name, outputs: {}, secretOutputNames: [] }),
};
