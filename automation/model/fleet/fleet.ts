/** A component on EC2 instances: which they are, how they are updated and checked. */
export type { FleetConfig as Fleet } from "../../../infra/config/fleet";

/** Like an image tag: letters, digits, `_`, `.` and `-`. It is put into commands, so nothing else is taken for one. */
export const isFleetVersion = (text: string): boolean => /^\w[\w.-]{0,127}$/.test(text);
