import * as pulumi from "@pulumi/pulumi";
import type { ProgramInputs } from "../../../infra/program-inputs";

/** What a test varies; the rest of the little environment stays. */
export interface ProbeWishes {
  readonly vpc?: Readonly<Record<string, unknown>>;
  readonly db?: Readonly<Record<string, unknown>>;
  readonly isGuarded?: boolean;
  readonly fault?: Error;
}

/** A secret of the program; it must be nowhere in the clear. */
export const probeSecret = "correct-horse-battery";

class Thing extends pulumi.CustomResource {
  declare readonly cidr: pulumi.Output<string>;
  constructor(name: string, inputs: Readonly<Record<string, unknown>>, options: pulumi.CustomResourceOptions) {
    super("probe:index:Thing", name, { cidr: undefined, ...inputs }, options);
  }
}

class Probe extends pulumi.ProviderResource {
  constructor(name: string) {
    super("probe", name, {}, { version: "1.0.0" });
  }
}

class Part extends pulumi.ComponentResource {
  constructor(layer: string, type: string, provider: pulumi.ProviderResource) {
    super(`slipway:${layer}:${type}`, layer, {}, { providers: [provider] });
  }
}

/** Two layers, the second standing on the first, below one provider: the shape of a real environment. */
export const probeProgram =
  (wishes: ProbeWishes) =>
  async ({ teardown = false }: ProgramInputs): Promise<Record<string, unknown>> => {
    if (wishes.fault !== undefined) throw wishes.fault;
    const provider = new Probe("main");
    const vpc = new Thing(
      "vpc",
      { cidr: "10.0.0.0/16", ...wishes.vpc },
      { parent: new Part("network", "Network", provider) },
    );
    const protect = wishes.isGuarded === true && !teardown;
    const guard = wishes.isGuarded === true ? { deletionProtection: !teardown } : {};
    new Thing(
      "db",
      { inside: vpc.cidr, password: pulumi.secret(probeSecret), ...guard, ...wishes.db },
      { parent: new Part("database", "Database", provider), protect },
    );
    return { vpcCidr: vpc.cidr, password: pulumi.secret(probeSecret) };
  };
