import type { SlipwayError } from "../../automation/model/errors";
import type { ReleaseProgress } from "../../automation/model/release/progress";
import type { Report } from "../../automation/model/report";
import type { Output } from "../../automation/ports/output";

/** Remembers what was said, and answers from a list. */
export class FakeOutput implements Output {
  readonly interactive: boolean;
  readonly said: string[] = [];
  readonly asked: string[] = [];
  readonly reports: Report[] = [];
  readonly failures: SlipwayError[] = [];
  readonly views: string[] = [];
  readonly shown: ReleaseProgress[] = [];
  private readonly answers: string[];

  /** @param answers what an operator types; without any there is no terminal */
  constructor(
    answers?: readonly string[],
    private readonly log: string[] = [],
  ) {
    this.interactive = answers !== undefined;
    this.answers = [...(answers ?? [])];
  }

  report(report: Report): void {
    this.reports.push(report);
  }

  failure(error: SlipwayError): void {
    this.failures.push(error);
  }

  say(text: string): void {
    this.said.push(text);
  }

  progress(title: string): ReturnType<Output["progress"]> {
    this.views.push(title);
    return { onProgress: () => undefined, end: () => void this.views.push(`end of ${title}`) };
  }

  releases(title: string): ReturnType<Output["releases"]> {
    this.views.push(title);
    return {
      show: (progress) => void this.shown.push(progress),
      end: () => void this.views.push(`end of ${title}`),
    };
  }

  async ask(question: string): Promise<string> {
    if (!this.interactive) throw new Error(`Nobody can answer: ${question}`);
    this.asked.push(question);
    this.log.push("ask");
    return this.answers.shift() ?? "";
  }
}
