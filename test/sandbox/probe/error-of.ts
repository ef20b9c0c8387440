import { SlipwayError } from "../../../automation/model/errors";

/** The error that something ends with. */
export async function errorOf(work: Promise<unknown>): Promise<SlipwayError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}
