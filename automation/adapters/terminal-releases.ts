import type { ReleaseProgress } from "../model/release/progress";
import type { Output } from "../ports/output";
import { releaseLine } from "./release-view-line";
import type { Screen } from "./terminal-progress";

type ReleasesView = ReturnType<Output["releases"]>;

/** In a log a release that only waits says so this often, by the clock of the cloud. */
const quietMs = 60_000;

/** For logs: a line for what was done or decided, and one a minute while a service only waits. */
export function plainReleases(title: string, screen: Screen): ReleasesView {
  const spokenAt = new Map<string, number>();
  screen.write(`${title}\n`);
  return {
    show: (progress) => {
      const at = Date.parse(progress.at);
      const last = spokenAt.get(progress.service);
      if (!progress.event && last !== undefined && at - last < quietMs) return;
      spokenAt.set(progress.service, at);
      screen.write(`${releaseLine(progress)}\n`);
    },
    end: () => undefined,
  };
}

/** For `--json`: one JSON document a line, `{"kind":"release",...}`, beside the result's own on stdout. */
export function releaseEvents(screen: Screen): ReleasesView {
  const write = (value: { readonly kind: "release" } & ReleaseProgress): void =>
    void screen.write(`${JSON.stringify(value)}\n`);
  return { show: (progress) => write({ kind: "release", ...progress }), end: () => undefined };
}
