export { parseDuration } from "../automation/model/duration";
