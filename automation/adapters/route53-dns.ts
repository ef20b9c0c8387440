import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { slots } from "../../infra/releases";
import { CloudError } from "../model/cloud-error";
import type { SharedName } from "../model/switch/plan";
import type { Dns } from "../ports/dns";
import { clientConfig, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";

type Route53 = Awaited<ReturnType<typeof openRoute53>>;

async function openRoute53(options: AwsOptions) {
  const sdk = await import("@aws-sdk/client-route-53");
  return { sdk, client: new sdk.Route53Client(clientConfig(options)) };
}

/** Route 53 by its API; hosted zones have no region, but requests are signed with one. */
export function route53Dns(options: AwsOptions): Dns {
  const open = lazily(() => openRoute53(options));

  return {
    async weighted(name) {
      return (await recordsOf(await open(), name)).map((record) => ({
        setIdentifier: record.SetIdentifier ?? "",
        weight: record.Weight ?? 0,
        alias: record.AliasTarget?.DNSName === undefined ? null : bare(record.AliasTarget.DNSName),
      }));
    },
    async weigh(name, weights) {
      const { sdk, client } = await open();
      const known = await recordsOf({ sdk, client }, name);
      const changes = slots.map((colour) => {
        const record = known.find(({ SetIdentifier: id }) => id === colour);
        if (record === undefined) throw gone(name, colour);
        // Whatever else the record says is written again as it is: Route 53 has no change of a weight alone.
        return { Action: "UPSERT" as const, ResourceRecordSet: { ...record, Weight: weights[colour] } };
      });
      const { ChangeInfo: info } = await calling("route53:ChangeResourceRecordSets", () =>
        client.send(
          new sdk.ChangeResourceRecordSetsCommand({
            HostedZoneId: name.zoneId,
            ChangeBatch: { Changes: changes, Comment: `slipway switch: blue ${weights.blue}, green ${weights.green}` },
          }),
        ),
      );
      return info?.Id ?? "";
    },
    async isInSync(change) {
      const { sdk, client } = await open();
      const { ChangeInfo: info } = await calling("route53:GetChange", () =>
        client.send(new sdk.GetChangeCommand({ Id: change })),
      );
      return info?.Status === "INSYNC";
    },
  };
}

/** The weighted records of type A; they stand together, and a page has at least 100 (API ListResourceRecordSets). */
async function recordsOf(
  { sdk, client }: Route53,
  { zoneId, name }: SharedName,
): Promise<readonly ResourceRecordSet[]> {
  const { ResourceRecordSets: records = [] } = await calling("route53:ListResourceRecordSets", () =>
    client.send(
      new sdk.ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name, StartRecordType: "A" }),
    ),
  );
  return records.filter(
    ({ Name: own, Type: type, Weight: weight }) => bare(own) === bare(name) && type === "A" && weight !== undefined,
  );
}

const gone = ({ zoneId, name }: SharedName, colour: string): CloudError =>
  new CloudError(
    "missing",
    "route53:ListResourceRecordSets",
    "RecordMissing",
    `Zone ${zoneId} has no weighted record ${name} of ${colour}.`,
  );

/** Route 53 tells names with a dot at the end, in lower case. */
const bare = (name = ""): string => name.toLowerCase().replace(/\.$/, "");
