/** What library users may build on: the whole program, its components, and the contracts around them. */
export { Alarms, type AlarmsArgs } from "./alarms/alarms";
export { alarmRuleNames, alarmRules, type AlarmRule, type AlarmRuleName, type AlarmScope } from "./alarms/rules";
export { checkConfig, describeFaults, type ConfigCheck, type Fault } from "./config/check";
export { readConfig, type ReadConfig } from "./config/read";
export { stackConfigSchema, type StackConfig } from "./config/schema";
export { Database, type DatabaseArgs } from "./database/database";
export { LoadBalancer, type LoadBalancerArgs } from "./load-balancer/load-balancer";
export { defaultTags, makeNames, physicalStackName, type Names } from "./naming";
export { Network, type NetworkArgs } from "./network/network";
export { SecurityGroups, type SecurityGroupsArgs } from "./network/security-groups";
export { endpointOutputName, outputDescriptions, type OutputName, type StackOutputs } from "./outputs";
export type { ProgramInputs } from "./program-inputs";
export { program } from "./program";
export { initialRelease, mergeReleases, type Releases, type ServiceRelease, type Slot } from "./releases";
export { Secrets, type SecretsArgs } from "./secrets/secrets";
export { Cluster, type ClusterArgs } from "./service/cluster";
export { fargateSizeFault, fargateSizes, nearestFargateSize, type FargateSize } from "./service/fargate-size";
export { FargateService, type FargateServiceArgs } from "./service/service";
