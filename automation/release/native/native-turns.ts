import type { Context } from "../../context";
import { decideNative } from "../../model/release/decide-native";
import type { NativeAction, NativeObserved } from "../../model/release/native";
import type { Hands } from "../act";
import type { Passive, Turns } from "../turns";
import { actNative, type NativeHands } from "./act-native";
import { lookAtNative, type NativeLookContext } from "./look-native";
import { nativeProgress } from "./native-progress";

type Active = Exclude<NativeAction, Passive>;

/** How a service is released whose traffic ECS itself shifts: the driver starts the deployment, follows and judges it. */
export function nativeTurns(
  context: NativeLookContext & Pick<Context, "serviceDeployments">,
  hands: Hands,
): Turns<NativeObserved, Active> {
  const { plan } = hands;
  const nativeHands: NativeHands = { ...hands, deployments: context.serviceDeployments };
  return {
    look: lookAtNative(context, plan),
    decide: (seen, journal, now) => decideNative(plan, seen, journal, now),
    act: (action) => actNative(nativeHands, action),
    progress: (moment) => nativeProgress({ plan, ...moment }),
  };
}
