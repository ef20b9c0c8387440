/** Who is calling AWS. */
export interface Identity {
  caller(): Promise<{ readonly account: string; readonly arn: string }>;
}
