import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { DnsConfig } from "../config/schema";

export interface ColourRecordsArgs {
  readonly config: DnsConfig;
  /** The load balancer that this colour's own name points at. */
  readonly loadBalancer: { readonly dnsName: pulumi.Input<string>; readonly hostedZoneId: pulumi.Input<string> };
}

/** All of the traffic, as a weight; the driver's weights are percent, too. */
const wholeWeight = 100;

/**
 * An environment's share of a name that two environments have together: a weighted alias for the name, and the colour's
 * own name behind it. They belong to the layer of the load balancer, without which they point at nothing.
 *
 * The weight is the switch driver's from the moment the record is made. An update of a record writes all of it, the
 * weight that the state remembers included, so nothing else of the weighted record may ever change: what can change,
 * such as another load balancer, changes the record of the own name.
 *
 * **Cost**: queries for aliases to load balancers are free, and so are records in a zone that exists.
 */
export class ColourRecords extends pulumi.ComponentResource {
  /** Name that clients use. */
  readonly recordName: string;
  /** Name of this colour alone, whoever is active. */
  readonly ownName: string;

  constructor(name: string, { config, loadBalancer }: ColourRecordsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:services:ColourRecords", name, {}, opts);
    const { zoneId, colour } = config;
    this.recordName = config.name;
    this.ownName = ownNameOf(config);

    const own = new aws.route53.Record(
      `${name}-${colour}-own`,
      {
        zoneId,
        name: this.ownName,
        type: "A",
        aliases: [
          {
            name: loadBalancer.dnsName,
            zoneId: loadBalancer.hostedZoneId,
            evaluateTargetHealth: config.evaluateTargetHealth,
          },
        ],
      },
      { parent: this },
    );
    new aws.route53.Record(
      // With the colour in it another colour is another record, and not a change in place of this one.
      `${name}-${colour}`,
      {
        zoneId,
        name: config.name,
        type: "A",
        setIdentifier: colour,
        weightedRoutingPolicies: [{ weight: config.first === colour ? wholeWeight : 0 }],
        // Whether a colour without healthy targets is answered is said by the record of its own name.
        aliases: [{ name: this.ownName, zoneId, evaluateTargetHealth: true }],
      },
      { parent: this, dependsOn: own, ignoreChanges: ["weightedRoutingPolicies"] },
    );
    this.registerOutputs({ recordName: this.recordName, ownName: this.ownName });
  }
}

/** `blue.www.shop.example` */
export const ownNameOf = ({ colour, name }: Pick<DnsConfig, "colour" | "name">): string => `${colour}.${name}`;
