/** What a team is told, where its alarms are told. */
export interface Notice {
  /** One line, at most 100 characters of ASCII (SNS: Publish, `Subject`). */
  readonly subject: string;
  readonly text: string;
}

/** A topic of Amazon SNS. Failures are `CloudError`s. */
export interface Notices {
  /** @param topic ARN */
  send(topic: string, notice: Notice): Promise<void>;
}
