import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  ModifyListenerCommand,
  type ProtocolEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HandlerContext } from "../../handler";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, type Tagged } from "../tags";
import { elbTags, elbTagsFor, retagElb } from "./elb-tags";
import { fromActions, type LbAction, toActions } from "./lb-actions";

interface ListenerInputs extends Tagged {
  readonly loadBalancerArn: string;
  readonly port?: number;
  readonly protocol?: ProtocolEnum;
  readonly sslPolicy?: string;
  readonly certificateArn?: string;
  readonly alpnPolicy?: string;
  readonly defaultActions: readonly LbAction[];
}

/** `aws:lb/listener:Listener` */
export const listener = defineHandler<ListenerInputs>({
  async create(inputs, context) {
    const command = new CreateListenerCommand({
      LoadBalancerArn: inputs.loadBalancerArn,
      ...settings(inputs),
      ...elbTagsFor(inputs),
    });
    const { Listeners = [] } = await context.client(ElasticLoadBalancingV2Client).send(command);
    return Listeners[0]?.ListenerArn ?? "";
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: id,
      loadBalancerArn: found.LoadBalancerArn,
      port: found.Port,
      protocol: found.Protocol,
      sslPolicy: found.SslPolicy,
      certificateArn: found.Certificates?.[0]?.CertificateArn,
      alpnPolicy: found.AlpnPolicy?.[0],
      defaultActions: fromActions(found.DefaultActions, known.defaultActions),
      ...foundTags(known, await elbTags(id, context)),
    };
  },

  async change(id, state, inputs, context) {
    const [before, after] = [settings({ ...inputs, ...state }), settings(inputs)];
    if (!isSame(before, after)) {
      await context.client(ElasticLoadBalancingV2Client).send(new ModifyListenerCommand({ ListenerArn: id, ...after }));
    }
    await retagElb(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(
      () => context.client(ElasticLoadBalancingV2Client).send(new DeleteListenerCommand({ ListenerArn: id })),
      context,
      id,
    ),
});

async function describe(arn: string, context: HandlerContext): Promise<Listener | undefined> {
  const command = new DescribeListenersCommand({ ListenerArns: [arn] });
  return (await orMissing(context.client(ElasticLoadBalancingV2Client).send(command)))?.Listeners?.[0];
}

function settings(inputs: ListenerInputs) {
  return {
    Port: inputs.port,
    // An application load balancer's listener without a protocol speaks HTTP, or HTTPS when it has a certificate.
    Protocol: inputs.protocol ?? (inputs.certificateArn ? "HTTPS" : "HTTP"),
    SslPolicy: inputs.sslPolicy,
    Certificates: inputs.certificateArn ? [{ CertificateArn: inputs.certificateArn }] : undefined,
    AlpnPolicy: inputs.alpnPolicy ? [inputs.alpnPolicy] : undefined,
    DefaultActions: toActions(inputs.defaultActions),
  };
}
