import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { HandlerRow, World } from "./row";

const route53 = (world: World): Route53Client => world.client(Route53Client);

/** The zone of an earlier row's test serves as well. */
async function zoneId(world: World): Promise<string> {
  const { HostedZones = [] } = await route53(world).send(new ListHostedZonesByNameCommand({ DNSName: "row.example" }));
  const known = HostedZones.find(({ Name }) => Name === "row.example.")?.Id;
  const id =
    known ??
    (await route53(world).send(new CreateHostedZoneCommand({ Name: "row.example", CallerReference: "row" }))).HostedZone
      ?.Id;
  return (id ?? "").replace("/hostedzone/", "");
}

export const dnsRows: readonly HandlerRow[] = [
  {
    type: "aws:route53/record:Record",
    inputs: async (world) => ({
      zoneId: await zoneId(world),
      name: "www.row.example",
      type: "A",
      setIdentifier: "blue",
      weightedRoutingPolicies: [{ weight: 0 }],
      aliases: [{ name: "blue.row.example", zoneId: await zoneId(world), evaluateTargetHealth: true }],
    }),
    change: async (world) => ({
      aliases: [{ name: "other.row.example", zoneId: await zoneId(world), evaluateTargetHealth: false }],
    }),
    drift: {
      by: async ({ outputs }, world) =>
        route53(world).send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId: String(outputs["zoneId"]),
            ChangeBatch: {
              Changes: [
                {
                  Action: "UPSERT",
                  ResourceRecordSet: {
                    Name: "www.row.example",
                    Type: "A",
                    SetIdentifier: "blue",
                    Weight: 100,
                    AliasTarget: {
                      DNSName: "blue.row.example",
                      HostedZoneId: String(outputs["zoneId"]),
                      EvaluateTargetHealth: true,
                    },
                  },
                },
              ],
            },
          }),
        ),
      shows: { weightedRoutingPolicies: [{ weight: 100 }] },
    },
    computed: { id: /^[0-9A-Z]+_www\.row\.example_A_blue$/, fqdn: /^www\.row\.example$/ },
  },
];
