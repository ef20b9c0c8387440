import type { ReleaseProgress } from "../model/release/progress";
import type { Clock } from "../ports/clock";
import type { Output } from "../ports/output";
import { releaseBlocks } from "./release-view";
import { releaseLine } from "./release-view-line";
import type { ViewStyle } from "./release-view-style";
import type { Screen } from "./terminal-progress";

export interface LiveReleases extends ReturnType<Output["releases"]> {
  /** Writes a text above the blocks, where it stays. */
  readonly above: (text: string) => void;
  /** Takes the blocks away while somebody is asked; the function returned draws them again. */
  readonly pause: () => () => void;
}

export interface LiveReleasesOptions {
  readonly title: string;
  readonly screen: Screen;
  readonly clock: Clock;
  /** As the terminal is now: it can be resized. */
  readonly style: () => ViewStyle;
}

/** More often nobody can read. */
const redrawMs = 100;
/** So that elapsed time moves while nothing else does. */
const tickMs = 1_000;

const clearDown = "\u001b[J";
const up = (rows: number): string => (rows === 0 ? "" : `\u001b[${rows}A`);
const colours = /\u001b\[[\d;]*m/g;

/** A block for each service that is drawn over and over; what was done scrolls by above. */
export function liveReleases({ title, screen, clock, style }: LiveReleasesOptions): LiveReleases {
  const latest = new Map<string, { readonly progress: ReleaseProgress; readonly at: number }>();
  let lengths: readonly number[] = [];
  let drawnAt = 0;
  let pending = false;
  let paused = false;
  /** What was to be said while somebody was asked. */
  let held = "";

  const blocks = (now: number): readonly string[] => {
    const all = [...latest.values()].map(({ progress, at }) => ({
      ...progress,
      elapsedMs: progress.elapsedMs + Math.max(0, now - at),
    }));
    return releaseBlocks(all, style(), (screen.rows ?? 24) - 1);
  };
  /** In a terminal that was made narrower the lines drawn before have wrapped. */
  const drawnRows = (): number => {
    const { columns } = style();
    return lengths.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / columns)), 0);
  };
  const draw = (above: string, lines: readonly string[]): void => {
    const text = lines.map((line) => `${line}\n`).join("");
    screen.write(`${up(drawnRows())}\r${clearDown}${above}${text}`);
    lengths = lines.map((line) => line.replace(colours, "").length);
    pending = false;
  };
  const redraw = (above = ""): void => {
    held += above;
    if (paused) return;
    drawnAt = clock.now().getTime();
    draw(held, blocks(drawnAt));
    held = "";
  };
  const timer = setInterval(() => {
    if (pending || clock.now().getTime() - drawnAt >= tickMs) redraw();
  }, redrawMs);
  // A view that nobody ended must not keep the process alive.
  timer.unref();
  screen.write(`${title}\n`);
  return {
    show: (progress) => {
      const now = clock.now().getTime();
      latest.set(progress.service, { progress, at: now });
      if (progress.event) redraw(`${releaseLine(progress)}\n`);
      else if (now - drawnAt >= redrawMs) redraw();
      else pending = true;
    },
    above: (text) => redraw(text),
    pause: () => {
      draw("", []);
      paused = true;
      return () => {
        paused = false;
        redraw();
      };
    },
    end: () => {
      clearInterval(timer);
      paused = false;
      redraw();
    },
  };
}
