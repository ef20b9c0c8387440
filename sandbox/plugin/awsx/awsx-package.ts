import type { ComponentResourceOptions, Inputs, ProviderResource } from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import { invoke } from "@pulumi/pulumi/runtime/invoke";
import { Vpc } from "./vpc";
import type { VpcArgs } from "./vpc";

/** As many zones as the component takes when it is not told. */
const defaultZones = 3;

/** Arguments that go to the VPC as they are. */
const vpcSettings: readonly string[] = [
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
];

/** Arguments with a meaning of their own here. */
const understood: readonly string[] = [
  ...vpcSettings,
  "availabilityZoneNames",
  "cidrBlock",
  "natGateways",
  "numberOfAvailabilityZones",
  "subnetSpecs",
  "subnetStrategy",
  "tags",
];

/** The awsx provider: components only. */
export function awsxPackage(version: string): Provider {
  return {
    version,
    async construct(name, type, inputs, options): Promise<ConstructResult> {
      if (type !== "awsx:ec2:Vpc") {
        throw new Error(
          `The sandbox does not realise component ${type} yet: add it to sandbox/plugin/awsx/awsx-package.ts`,
        );
      }
      const vpc = new Vpc(name, await argsOf(inputs, options), options);
      return { urn: vpc.urn, state: vpc.outputs };
    },
  };
}

async function argsOf(inputs: Inputs, options: ComponentResourceOptions): Promise<VpcArgs> {
  const unknownOnes = Object.keys(inputs).filter((key) => !understood.includes(key) && inputs[key] !== undefined);
  if (unknownOnes.length > 0) {
    throw new Error(
      `The sandbox's awsx:ec2:Vpc does not support ${unknownOnes.join(", ")} yet: add it to sandbox/plugin/awsx/vpc.ts`,
    );
  }
  if (inputs["subnetStrategy"] !== "Auto") {
    throw new Error(
      `The sandbox's awsx:ec2:Vpc supports only subnetStrategy "Auto", got ${JSON.stringify(inputs["subnetStrategy"] ?? "Legacy")}`,
    );
  }
  const { availabilityZoneNames: names, numberOfAvailabilityZones: count } = inputs as {
    availabilityZoneNames?: string[];
    numberOfAvailabilityZones?: number;
  };
  if (names !== undefined && count !== undefined) {
    throw new Error("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
  }
  return {
    ...inputs,
    zones: names ?? (await firstZones(count ?? defaultZones, options)),
    vpcSettings: Object.fromEntries(vpcSettings.map((key) => [key, inputs[key] as unknown])),
  };
}

async function firstZones(count: number, options: ComponentResourceOptions): Promise<readonly string[]> {
  const { names } = (await invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {}, providerOf(options))) as {
    names: string[];
  };
  if (names.length < count) {
    throw new Error(
      `The configured region for this provider does not have at least ${count} Availability Zones. Either specify an explicit list of zones in availabilityZoneNames or choose a region with at least ${count} AZs.`,
    );
  }
  return names.slice(0, count);
}

/** The provider that the program gave to the component; none means the default one. */
function providerOf({ providers }: ComponentResourceOptions): { readonly provider?: ProviderResource } {
  const given = (Array.isArray(providers) ? undefined : providers)?.["aws"];
  return given === undefined ? {} : { provider: given };
}
