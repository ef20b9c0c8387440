import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import { noLogGroup, type LogPlace } from "./log-options";

/** One event as PutLogEvents takes it. */
export interface LogLine {
  readonly timestamp: number;
  readonly message: string;
}

/** Real milliseconds that lines are gathered for. */
const gatheringMs = 1_000;

/** Lines of one sending; more are counted and left out, so that load does not fill the cloud's memory. */
const linesPerSending = 20;

/** Lines of one stream in all its life. */
const linesPerStream = 2_000;

/** What logs need. `onLines` hears what has been written, for those who read logs beside the cloud (metric filters). */
export interface LogParts {
  readonly clock: SandboxClock;
  readonly moto: Moto;
  readonly log: (message: string) => void;
  readonly onLines?: ((scope: Scope, group: string, stream: string, lines: readonly LogLine[]) => void) | undefined;
}

/** The log of one container. */
export class LogStream {
  private lines: LogLine[] = [];
  private left = linesPerStream;
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly parts: LogParts,
    private readonly scope: Scope,
    private readonly place: LogPlace,
  ) {}

  /** Makes the stream. Gives the text of a failed start when there is no such group. */
  static async open(parts: LogParts, scope: Scope, place: LogPlace): Promise<LogStream | string> {
    const there = { account: scope.account, region: place.region };
    const call = async (operation: string, input: object): Promise<void> => {
      try {
        await parts.moto.call(there, "logs", `Logs_20140328.${operation}`, input);
      } catch (error) {
        if (!(error instanceof AwsFault && error.code === "ResourceAlreadyExistsException")) throw error;
      }
    };
    try {
      if (place.createsGroup) await call("CreateLogGroup", { logGroupName: place.group });
      await call("CreateLogStream", { logGroupName: place.group, logStreamName: place.stream });
    } catch (error) {
      if (error instanceof AwsFault) return noLogGroup;
      throw error;
    }
    return new LogStream(parts, there, place);
  }

  /** One line of JSON; it carries the word ERROR where something went wrong, as filters look for it. */
  write(level: "INFO" | "ERROR", message: string): void {
    if (this.left === 0 || this.lines.length >= linesPerSending) {
      this.dropped++;
      return;
    }
    this.left--;
    const time = this.parts.clock.now();
    this.lines.push({
      timestamp: time.getTime(),
      message: JSON.stringify({ time: time.toISOString(), level, message }),
    });
    this.timer ??= setTimeout(() => void this.send(), gatheringMs).unref();
  }

  /** Sends what has been gathered. Never rejects: a log that cannot be written harms nobody. */
  async send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.lines;
    if (lines.length === 0) return;
    this.lines = [];
    const last = lines.at(-1);
    if (this.dropped > 0 && last) {
      const message = JSON.stringify({ level: "INFO", message: `${this.dropped} more line(s) were left out` });
      lines.push({ timestamp: last.timestamp, message });
      this.dropped = 0;
    }
    const { group, stream } = this.place;
    try {
      const input = { logGroupName: group, logStreamName: stream, logEvents: lines };
      await this.parts.moto.call(this.scope, "logs", "Logs_20140328.PutLogEvents", input);
      this.parts.onLines?.(this.scope, group, stream, lines);
    } catch (error) {
      this.parts.log(`${group} ${stream}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
