import type { Context } from "../../automation/context";
import { fleetRelease, type FleetReleaseOptions } from "../../automation/fleet/release";
import type { Fleet } from "../../automation/model/fleet/fleet";
import type { Report } from "../../automation/model/report";
import { fakeContext, type FakeContext } from "../_fakes/fake-context";
import { aFleet } from "./a-fleet";

/** A context whose fleet `agent` has these instances, with what they run and remember. */
export function fleetWorld(versions: Readonly<Record<string, string | null>>, fleet: Partial<Fleet> = {}): FakeContext {
  const context = fakeContext();
  const config: Context["config"] = { ...context.config, fleets: { agent: aFleet(fleet) } };
  const made = { ...context, config };
  made.instances.with(versions);
  return made;
}

/** Brings v2 onto it. */
export const releaseFleet = (context: FakeContext, different: Partial<FleetReleaseOptions> = {}): Promise<Report> =>
  fleetRelease(context, { component: "agent", version: "v2", type: "rolling", yes: true, ...different });
