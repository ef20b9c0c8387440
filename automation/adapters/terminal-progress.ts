import type { Clock } from "../ports/clock";
import type { EngineProgress } from "../ports/engine";
import type { RunKind } from "../ports/output";
import { ProgressView } from "./progress-view";

/** The part of a terminal's stream that drawing needs. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
  write(text: string): unknown;
}

interface LiveView {
  readonly onProgress: (event: EngineProgress) => void;
  readonly end: () => void;
}

/** Redrawn this often, so that elapsed times move. */
const redrawMs = 250;

/** Nothing at all: for `--json`. */
export const silentProgress = (): LiveView => ({ onProgress: () => undefined, end: () => undefined });

/** One line when something is done, and the totals at the end: for logs. */
export function plainProgress(title: string, kind: RunKind, screen: Screen, clock: Clock): LiveView {
  const view = new ProgressView(title, clock.now().getTime(), kind);
  screen.write(`${title}\n`);
  return {
    onProgress: (event) => {
      const line = view.take(event, clock.now().getTime());
      if (line !== undefined) screen.write(`${line}\n`);
    },
    end: () => void screen.write(`${view.totals(clock.now().getTime())}\n`),
  };
}

/** What is done scrolls by; what is in flight stays below it and is drawn again and again. */
export function liveProgress(title: string, kind: RunKind, screen: Screen, clock: Clock): LiveView {
  const view = new ProgressView(title, clock.now().getTime(), kind);
  let drawn = 0;
  const draw = (above: string | undefined, lines: readonly string[]): void => {
    const up = drawn === 0 ? "" : `\u001b[${drawn}A\u001b[J`;
    const cut = lines.map((line) => line.slice(0, (screen.columns ?? 100) - 1));
    screen.write(`${up}${above === undefined ? "" : `${above}\n`}${cut.map((line) => `${line}\n`).join("")}`);
    drawn = lines.length;
  };
  const redraw = (above?: string): void => draw(above, view.lines(clock.now().getTime(), (screen.rows ?? 24) - 1));
  const timer = setInterval(() => redraw(), redrawMs);
  // A view that nobody ended must not keep the process alive.
  timer.unref();
  redraw();
  return {
    onProgress: (event) => {
      const line = view.take(event, clock.now().getTime());
      if (line !== undefined) redraw(line);
    },
    end: () => {
      clearInterval(timer);
      draw(undefined, [view.totals(clock.now().getTime())]);
    },
  };
}
