import { releasePhases, type ReleasePhase, type ReleaseProgress } from "../model/release/progress";
import { clockTime } from "./release-view-line";
import { paint, span, type Span, type ViewStyle } from "./release-view-style";

/** Phases of a release that goes forward; the way back and the watch after it are told alone. */
const forward: readonly ReleasePhase[] = releasePhases.filter((phase) => phase !== "back" && phase !== "watch");

const alone: Readonly<Partial<Record<ReleasePhase, string>>> = {
  back: "going back to the old version",
  watch: "watching after the release",
};

/** Narrower than that, the phases do not fit into a line. */
const wide = 84;

/**
 * What the releases of some services look like now: a block of up to six lines each, or a line each where the blocks
 * do not fit. Pure; all lines fit into the columns.
 */
export function releaseBlocks(all: readonly ReleaseProgress[], style: ViewStyle, rows: number): readonly string[] {
  const blocks = all.flatMap((progress) => releaseBlock(progress, style));
  if (blocks.length <= rows) return blocks;
  const fits = all.length <= rows;
  const lines = all.slice(0, fits ? rows : Math.max(0, rows - 1)).map((progress) => paint(shortLine(progress), style));
  return fits ? lines : [...lines, paint([span(`and ${all.length - lines.length} more`, "faint")], style)];
}

/** One service, in some lines. */
export function releaseBlock(progress: ReleaseProgress, style: ViewStyle): readonly string[] {
  const lines: readonly (readonly Span[])[] = [
    headLine(progress, style),
    phaseLine(progress, style),
    ...(progress.freshPercent === null ? [] : [bar(progress, progress.freshPercent, style)]),
    taskLine(progress),
    ...(progress.firing.length === 0 ? [] : [[span(`  firing: ${progress.firing.join(", ")}`, "bad")]]),
    ...(progress.note === "" ? [] : [[span(`  ${firstLine(progress.note)}`, "faint")]]),
  ];
  return lines.map((line) => paint(line, style));
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

const arrow = ({ unicode }: ViewStyle): string => (unicode ? "\u2192" : "->");

/** `web  v1 -> v2                  3:12 of about 12:00`; the time is at the right end. */
function headLine({ service, old, fresh, elapsedMs, expectedMs }: ReleaseProgress, style: ViewStyle): readonly Span[] {
  const expected = expectedMs === null ? "" : ` of about ${clockTime(expectedMs)}`;
  const time = `${clockTime(elapsedMs)}${expected}`;
  const versions = `${old.version} ${arrow(style)} ${fresh.version}`;
  const gap = Math.max(2, Math.min(style.columns, wide) - 1 - service.length - 2 - versions.length - time.length);
  return [span(service, "strong"), span(`  ${versions}`), span(`${" ".repeat(gap)}${time}`, "faint")];
}

function phaseLine({ phase, step }: ReleaseProgress, style: ViewStyle): readonly Span[] {
  const place = step === null ? "" : ` ${step.percent}% (${step.number} of ${step.of})`;
  const told = alone[phase];
  if (told !== undefined) return [span("  "), span(`${told}${place}`, phase === "back" ? "bad" : "strong")];
  const index = forward.indexOf(phase);
  if (style.columns < wide)
    return [span(`  ${index + 1} of ${forward.length} `, "faint"), span(`${phase}${place}`, "strong")];
  const [tick, here] = style.unicode ? ["\u2713", "\u25b8 "] : ["", "> "];
  const spans = forward.map((name, at): Span => {
    if (at < index) return span(`${name}${tick}`, "good");
    return at === index ? span(`${here}${name}${place}`, "strong") : span(name, "faint");
  });
  return spans.flatMap((part, at) => [span(at === 0 ? "  " : " "), part]);
}

/** The split of the traffic: the new version's part from the left. A part that is not 0 or all is always seen. */
function bar({ old, fresh }: ReleaseProgress, percent: number, style: ViewStyle): readonly Span[] {
  const labels = `  ${fresh.version} ${percent}%  ${old.version} ${100 - percent}%`;
  const width = Math.max(5, Math.min(30, style.columns - labels.length - 5));
  const cells = Math.round((percent / 100) * width);
  const filled = percent === 0 || percent === 100 ? cells : Math.min(width - 1, Math.max(1, cells));
  const [full, empty] = style.unicode ? ["\u2588", "\u2591"] : ["#", "."];
  return [
    span("  ["),
    span(full.repeat(filled), "fresh"),
    span(empty.repeat(width - filled), "old"),
    span("]"),
    span(`  ${fresh.version} ${percent}%`, "fresh"),
    span(`  ${old.version} ${100 - percent}%`, "old"),
  ];
}

function taskLine({ old, fresh }: ReleaseProgress): readonly Span[] {
  const ready = fresh.desired > 0 && fresh.healthy >= fresh.desired;
  return [
    span("  new "),
    span(`${fresh.running}/${fresh.desired} running, ${fresh.healthy} healthy`, ready ? "good" : "plain"),
    span("   old "),
    span(`${old.running}/${old.desired} running, ${old.healthy} healthy`),
  ];
}

/** Everything that matters in one line, the most important first: it may be cut. */
function shortLine({ service, phase, freshPercent, fresh, firing, elapsedMs, note }: ReleaseProgress): readonly Span[] {
  return [
    span(service, "strong"),
    span(` ${phase}${freshPercent === null ? "" : ` ${freshPercent}%`}`, phase === "back" ? "bad" : "plain"),
    span(firing.length === 0 ? "" : ` firing: ${firing.length}`, "bad"),
    span(` ${fresh.healthy}/${fresh.desired}`),
    span(` ${clockTime(elapsedMs)} ${firstLine(note)}`, "faint"),
  ];
}
